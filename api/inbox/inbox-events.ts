/** Turns changes of cases in the ledger into few events for open inboxes. Automatic decisions make none. */
import { onCaseChange, type CaseChange, type Ledger } from '../../ledger/index.ts';
import type { InboxEvent } from '../contract/inbox.ts';

/** `service` null: for everybody. */
export type SentEvent = { id: string; event: InboxEvent; service: string | null };

export type InboxEvents = {
  subscribe(listener: (event: SentEvent) => void): () => void;
  /** The id of the newest event, or of the start. */
  lastId(): string;
  close(): void;
};

/** Changes that come close together are told together … */
const gatherMs = 300;
/** … and told again once a cluster's searches have caught up. */
const echoMs = 3_000;

export function createInboxEvents(ledger: Ledger): InboxEvents {
  const started = ledger.clock.now().toString(36);
  const listeners = new Set<(event: SentEvent) => void>();
  const underReview = new Set<string>();
  let gathered = new Map<string, string>();
  let gathering: NodeJS.Timeout | undefined;
  let echo: NodeJS.Timeout | undefined;
  let count = 0;

  const send = (event: InboxEvent, service: string | null) => {
    count += 1;
    const sent = { id: `${started}-${count}`, event, service };
    for (const listener of [...listeners]) listener(sent);
  };
  const flush = () => {
    const cases = gathered;
    gathered = new Map();
    gathering = undefined;
    for (const [caseId, service] of cases) send({ event: 'task-changed', caseId }, service);
    send({ event: 'tasks-changed' }, null);
    clearTimeout(echo);
    echo = setTimeout(() => { send({ event: 'tasks-changed' }, null); }, echoMs).unref();
  };
  const concerns = (change: CaseChange): boolean => {
    if (change.what === 'verdict') underReview.add(change.caseId);
    if (change.what === 'decided') return underReview.delete(change.caseId);
    return change.what === 'in-review' || change.what === 'verdict' || change.what === 'undone';
  };
  const unsubscribe = onCaseChange(ledger, (change) => {
    if (!concerns(change)) return;
    gathered.set(change.caseId, change.service);
    gathering ??= setTimeout(flush, gatherMs).unref();
  });

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    lastId: () => `${started}-${count}`,
    close() {
      unsubscribe();
      clearTimeout(gathering);
      clearTimeout(echo);
    },
  };
}
