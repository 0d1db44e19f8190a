/** One open inbox's stream of server-sent events. */
import { Readable } from 'node:stream';
import { findSession, getService, type User } from '../../ledger/index.ts';
import type { Person } from '../access/caller.ts';
import type { InboxEvent } from '../contract/inbox.ts';
import type { Parts } from '../parts.ts';
import { seesAllTasks } from './find-tasks.ts';
import type { SentEvent } from './inbox-events.ts';

/** Proxies cut silent connections, often after a minute. */
const heartbeatMs = 25_000;

/** Ends when the caller is gone, the session has ended or the server closes. */
export function inboxEventStream(parts: Parts, person: Person, options: { lastEventId: string | undefined; gone: AbortSignal }): Readable {
  const stream = new Readable({ read: () => undefined });
  const send = ({ id, event, service }: SentEvent) => {
    void mayHear(parts, person.user, service).then((may) => {
      if (may && !stream.destroyed) stream.push(frame(id, event));
    }, (error: unknown) => { parts.log.error({ error }, 'an inbox event could not be sent'); });
  };
  const unsubscribe = parts.inboxEvents.subscribe(send);
  const heartbeat = setInterval(() => {
    void findSession(parts.ledger, person.token).then((session) => { if (session === null) end(); else stream.push(': still here\n\n'); }, end);
  }, heartbeatMs).unref();
  const end = () => {
    unsubscribe();
    clearInterval(heartbeat);
    if (!stream.destroyed) stream.push(null);
  };
  AbortSignal.any([options.gone, parts.closing]).addEventListener('abort', end, { once: true });

  stream.push('retry: 2000\n\n');
  const last = parts.inboxEvents.lastId();
  // Something was missed in between, or by another server: the lists are read anew.
  if (options.lastEventId !== undefined && options.lastEventId !== last) stream.push(frame(last, { event: 'tasks-changed' }));
  return stream;
}

function frame(id: string, event: InboxEvent): string {
  return `id: ${id}\nevent: ${event.event}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** A case's event goes to those who may see its tasks. */
async function mayHear(parts: Parts, user: User, service: string | null): Promise<boolean> {
  if (service === null || seesAllTasks(user)) return true;
  const review = (await getService(parts.ledger, service))?.definition.review;
  return review !== undefined && [review.candidateGroup, review.adjudicatorGroup].some((group) => user.groups.includes(group));
}
