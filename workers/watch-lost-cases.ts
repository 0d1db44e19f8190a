// Looks for cases that were accepted and whose process instance is gone: they would lie in no inbox and nobody would hear of it.
import { getCase, listCases, type CaseStatus, type Ledger } from '../ledger/index.ts';
import { ProcessInstanceKey, type EngineClient } from './client.ts';
import { engineStatus } from './engine-status.ts';
import type { Log } from './log.ts';

const everyMs = 300_000;
/** Searches of a cluster lag: what was bound only now may not be found yet. */
const settledMs = 60_000;
const open: CaseStatus[] = ['received', 'in-review'];

export type LostCasesWatch = {
  /** At the last look. */
  count(): number;
  stop(): Promise<void>;
};

/** Looks now and every five minutes. What it finds is logged as an error each time, until somebody has seen to it. */
export function watchLostCases(given: { ledger: Ledger; client: EngineClient; log: Log }): LostCasesWatch {
  const { log } = given;
  const state = { lost: 0, stopped: false };
  const look = async (): Promise<void> => {
    try {
      const lost = await findLostCases(given, () => state.stopped);
      if (state.stopped) return;
      state.lost = lost.length;
      for (const caseId of lost) log.error({ caseId }, 'A case is not decided and its process instance is gone: nobody will be asked. Let its application send it again under another key.');
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.name : typeof error }, 'Cases without an instance could not be looked for; it is tried again.');
    }
  };
  let running = look();
  const timer = setInterval(() => { running = running.then(look); }, everyMs);
  timer.unref();
  return {
    count: () => state.lost,
    stop: async () => {
      state.stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** Cases that are bound to an instance which is over, and are still not decided. */
export async function findLostCases({ ledger, client }: { ledger: Ledger; client: EngineClient }, isOver: () => boolean = () => false): Promise<string[]> {
  const lost: string[] = [];
  for (const status of open) {
    for (let cursor: string | undefined; !isOver(); ) {
      const page = await listCases(ledger, { status, limit: 200, ...(cursor === undefined ? {} : { cursor }) });
      if (page.kind === 'bad-cursor') break;
      for (const { caseId, binding } of page.items) {
        if (isOver() || binding === null || binding.boundAt > ledger.clock.now() - settledMs || (await isActive(client, binding.processInstanceKey))) continue;
        // Decided a moment ago, its instance may have come to its end in between.
        if ((await getCase(ledger, caseId))?.status !== 'decided') lost.push(caseId);
      }
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
  }
  return lost;
}

async function isActive(client: EngineClient, key: string): Promise<boolean> {
  try {
    const { state } = await client.getProcessInstance({ processInstanceKey: ProcessInstanceKey.assumeExists(key) }, { consistency: { waitUpToMs: 0 } });
    return state === 'ACTIVE';
  } catch (error) {
    if (engineStatus(error) === 404) return false;
    throw error;
  }
}
