/** Counts what is asked of SQLite in this process: statements, and commits by whether they wait for the disk. Waiting for the disk apart from a commit counts as one that does. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync, StatementSync } from 'node:sqlite';

/** A commit that had nothing to write is counted too. */
export type StatementCounts = { statements: number; durableCommits: number; lightCommits: number };

/** Call it before the first database is opened. */
export function countStatements(): () => StatementCounts {
  const counts: StatementCounts = { statements: 0, durableCommits: 0, lightCommits: 0 };
  const light = new WeakSet<DatabaseSync>();
  const noted = (database: DatabaseSync, sql: string) => {
    counts.statements += 1;
    if (sql.startsWith('PRAGMA synchronous = ')) {
      if (sql.endsWith('NORMAL')) light.add(database);
      else light.delete(database);
    }
    if (sql.endsWith('COMMIT')) counts[light.has(database) ? 'lightCommits' : 'durableCommits'] += 1;
  };
  wrap(fs, 'fdatasyncSync', () => { counts.durableCommits += 1; });
  syncBuiltinESMExports();
  const ofStatement = new WeakMap<StatementSync, [DatabaseSync, string]>();
  wrap(DatabaseSync.prototype, 'exec', (database, [sql]) => { noted(database, String(sql)); });
  wrap(DatabaseSync.prototype, 'prepare', (database, [sql], statement) => { ofStatement.set(statement as StatementSync, [database, String(sql)]); });
  for (const verb of ['run', 'get', 'all'] as const)
    wrap(StatementSync.prototype, verb, (statement) => {
      const known = ofStatement.get(statement);
      if (known !== undefined) noted(...known);
    });
  return () => ({ ...counts });
}

/** Tells `heard` of every call that went well. */
function wrap<Self extends object>(prototype: Self, method: keyof Self, heard: (self: Self, given: unknown[], result: unknown) => void): void {
  const original = prototype[method] as (this: Self, ...given: unknown[]) => unknown;
  const wrapped = function (this: Self, ...given: unknown[]): unknown {
    const result = original.apply(this, given);
    heard(this, given, result);
    return result;
  };
  Object.assign(prototype, { [method]: wrapped });
}
