// What the SDK's clients report, as lines that say what went wrong: each problem once a minute, however many polls meet it.
import { z } from 'zod';
import type { Log } from './log.ts';

/** What the SDK gives its transport. */
export type ClientEvent = { readonly scope: string; readonly ts: number; readonly args: readonly unknown[] };

const quietMs = 60_000;

const Failure = z.object({ name: z.string().optional(), status: z.number().optional(), code: z.string().optional(), cause: z.unknown().optional() });

/**
 * With a cluster away every job type polls and fails many times a second. `ts` of the events is the clock; what was left
 * out since the last line of a problem is counted in its next one. Never the message of an error: it may quote an answer.
 */
export function createClientLog(log: Log): (event: ClientEvent) => void {
  const told = new Map<string, { readonly at: number; leftOut: number }>();
  return ({ scope, ts, args: [what, error] }) => {
    const reason = reasonOf(error);
    const problem = JSON.stringify([what, reason]);
    const last = told.get(problem);
    if (last !== undefined && ts - last.at < quietMs) {
      last.leftOut += 1;
      return;
    }
    told.set(problem, { at: ts, leftOut: 0 });
    log.error({ scope, what: String(what), ...reason, leftOut: last?.leftOut ?? 0 }, 'The engine\'s client failed; it goes on. The same is told once a minute.');
  };
}

/** Of a lost connection the system's code stands in the innermost cause. */
function reasonOf(error: unknown): { error?: string | undefined; status?: number | undefined; code?: string | undefined } {
  const found = Failure.safeParse(error).data;
  if (found === undefined) return {};
  const inner = reasonOf(found.cause);
  return { error: found.name, status: found.status ?? inner.status, code: inner.code ?? found.code };
}
