// Every statement with which commands are decided and applied goes along an index: what it costs does not grow with what is stored.
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createClock } from '../../../engine/clock.ts';
import { openCore } from '../../../engine/core.ts';

const prepared: (this: DatabaseSync, sql: string) => StatementSync = Reflect.get<DatabaseSync, 'prepare'>(DatabaseSync.prototype, 'prepare');

/** The plan's steps that read more than they need: whole tables, or rows that must be sorted first; a subquery has a plan of its own. */
function slowSteps(db: DatabaseSync, sql: string): string[] {
  const steps = prepared.call(db, `EXPLAIN QUERY PLAN ${sql}`).all().map((step) => String(step['detail']));
  return steps.filter((step) => /\bSCAN (?!\(subquery)|TEMP B-TREE|AUTOMATIC/.test(step) && !isEnd(sql, step));
}

/** The newest entry of the log is read from its end. */
const isEnd = (sql: string, step: string) => step === 'SCAN log' && sql.endsWith('FROM log ORDER BY position DESC LIMIT 1');

/** A core with the statements that it prepared while it was opened; all of its reads and writes are. */
function statementsOfCore(): { db: DatabaseSync; statements: string[] } {
  const statements = new Set<string>();
  const spy = vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (this: DatabaseSync, sql: string) {
    statements.add(sql);
    return prepared.call(this, sql);
  });
  const core = openCore({ file: ':memory:', clock: createClock() });
  spy.mockRestore();
  onTestFinished(() => core.close());
  return { db: core.db, statements: [...statements].filter((sql) => /^\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b/.test(sql) && isOfStore(core.db, sql)) };
}

/** Documents are in a file of their own. */
const isOfStore = (db: DatabaseSync, sql: string) => !/\bdocuments\b/.test(sql) || db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'documents'`).get() !== undefined;

test('no statement of a command reads a whole table or sorts what it found', () => {
  const { db, statements } = statementsOfCore();
  expect(statements.length).toBeGreaterThan(100);
  expect(statements.flatMap((sql) => slowSteps(db, sql).map((step) => `${step}: ${sql}`))).toEqual([]);
});

test('a statement that does is found', () => {
  const { db } = statementsOfCore();
  expect(slowSteps(db, 'SELECT key FROM jobs WHERE worker = ?')).toEqual(['SCAN jobs']);
  expect(slowSteps(db, 'SELECT key FROM jobs WHERE process_instance_key = ? ORDER BY type')).toEqual(['USE TEMP B-TREE FOR ORDER BY']);
});
