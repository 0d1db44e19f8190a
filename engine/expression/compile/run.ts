// What one evaluation carries: its clock, its warnings and what it may still spend. Its variables are the frame's.
import type { Environment, Warning } from '../contract.ts';

/** Node evaluations that one expression may cost: under half a second of the slowest ones. */
export const workBudget = 2_000_000;
/** Function calls within function calls, and values within values. */
export const depthBudget = 150;
/** Characters of one string. */
export const textBudget = 4_000_000;
const keptWarnings = 20;

/** Thrown where an expression costs too much; `evaluate` turns it into a failure. */
export class LimitExceeded extends Error {}

/** Thrown where an expression gives up on purpose (`assert`); `evaluate` turns it into a failure. */
export class EvaluationFailed extends Error {}

/** What may still be spent; shared by the evaluations that one decision needs. */
export type Budget = { work: number; depth: number };

export const newBudget = (): Budget => ({ work: workBudget, depth: 0 });

export type Run = {
  readonly environment: Environment;
  readonly warnings: Warning[];
  readonly budget: Budget;
};

/** Begins an evaluation. */
export const beginRun = (environment: Environment, budget: Budget = newBudget()): Run => ({ environment, warnings: [], budget });

/** Runs one level deeper. */
export function deeper<T>({ budget }: Run, action: () => T): T {
  if (budget.depth >= depthBudget) throw new LimitExceeded(`it nests deeper than ${depthBudget} levels of calls or values`);
  budget.depth += 1;
  try {
    return action();
  } finally {
    budget.depth -= 1;
  }
}

/** Charges work before it is done. */
export function spend(run: Run, amount: number): void {
  run.budget.work -= amount;
  if (run.budget.work < 0) throw new LimitExceeded(`it takes more than ${workBudget} steps; work on less data or fewer iterations`);
}

/** Charges a text before it is built. */
export function spendText(run: Run, length: number): void {
  if (length > textBudget) throw new LimitExceeded(`it builds a text of more than ${textBudget} characters`);
  if (length > 64) spend(run, length >> 6);
}

/** Notes why something became null; the sentence is made only while warnings are still kept. */
export function warn(run: Run, type: Warning['type'], message: () => string): null {
  if (run.warnings.length < keptWarnings) run.warnings.push({ type, message: message() });
  return null;
}
