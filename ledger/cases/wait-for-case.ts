/** Waits in process until a case is decided or in review. */
import type { Ledger } from '../ledger.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import type { Case } from './case.ts';
import { getCase } from './get-case.ts';

export type WaitOptions = {
  /** `settled`: decided or in review. */
  until: 'decided' | 'settled';
  timeoutMs: number;
  signal?: AbortSignal;
};

/** Resolves with the case as it is when `until` holds or the time is over, null for an unknown one; rejects with the signal's reason. */
export async function waitForCase(ledger: Ledger, caseId: string, options: WaitOptions): Promise<Case | null> {
  options.signal?.throwIfAborted();
  const change = nextChange(ledger, caseId, options);
  try {
    for (;;) {
      const seen = change.count();
      const status = await statusOfCase.first(ledger.db, { caseId });
      if (!status || isReached(status, options.until) || change.isOver()) return await getCase(ledger, caseId);
      await change.after(seen);
    }
  } finally {
    change.stop();
  }
}

/** The whole case is read once, at the end. */
const statusOfCase = prepareQuery((db, { caseId }: { caseId: string }) => db.selectFrom('cases').select('status').where('case_id', '=', caseId));

function isReached(theCase: Pick<Case, 'status'>, until: WaitOptions['until']): boolean {
  return theCase.status === 'decided' || (until === 'settled' && theCase.status === 'in-review');
}

type ChangeWatch = {
  count(): number;
  isOver(): boolean;
  /** Resolves once there were more changes than `seen`, or the time is over. */
  after(seen: number): Promise<void>;
  stop(): void;
};

function nextChange(ledger: Ledger, caseId: string, options: WaitOptions): ChangeWatch {
  let changes = 0;
  let over = false;
  let wake: () => void = () => {};
  let fail: (reason: unknown) => void = () => {};
  const lookAgain = (): void => {
    changes += 1;
    wake();
  };
  const unsubscribe = ledger.notices.onCaseChange((change) => {
    if (change.caseId === caseId && (change.what === 'decided' || change.what === 'in-review')) lookAgain();
  });
  const unsubscribeMissed = ledger.notices.onMissedNews(lookAgain);
  const timer = setTimeout(() => {
    over = true;
    wake();
  }, options.timeoutMs);
  const onAbort = (): void => fail(options.signal?.reason);
  options.signal?.addEventListener('abort', onAbort, { once: true });
  return {
    count: () => changes,
    isOver: () => over,
    after: async (seen) => {
      options.signal?.throwIfAborted();
      if (changes > seen || over) return;
      await new Promise<void>((resolve, reject) => {
        wake = resolve;
        fail = reject;
      });
    },
    stop: () => {
      unsubscribe();
      unsubscribeMissed();
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', onAbort);
    },
  };
}
