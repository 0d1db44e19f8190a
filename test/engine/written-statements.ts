// The statements by which a piece of work writes, in their order.
import { StatementSync, type SQLInputValue, type StatementResultingChanges } from 'node:sqlite';
import { vi } from 'vitest';

const run: (this: StatementSync, ...values: SQLInputValue[]) => StatementResultingChanges = Reflect.get(StatementSync.prototype, 'run');

/** Of all stores in this process; savepoints and commits are among them. */
export async function writtenStatements(work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const spy = vi.spyOn(StatementSync.prototype, 'run').mockImplementation(function (this: StatementSync, ...values: unknown[]) {
    statements.push(this.sourceSQL);
    return run.call(this, ...(values as SQLInputValue[]));
  });
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  return statements;
}
