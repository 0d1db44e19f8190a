// The searches of an inbox go along the index that was made for them, however many tasks there are.
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openRows, rawClient, readingCore } from './rows.ts';

const prepared: (this: DatabaseSync, sql: string) => StatementSync = Reflect.get<DatabaseSync, 'prepare'>(DatabaseSync.prototype, 'prepare');

/** How SQLite finds and orders the tasks of this search's page. */
async function planOf(request: object): Promise<string[]> {
  const db = openRows();
  db.exec(`WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value <= 1000)
    INSERT INTO user_task_candidates (kind, name, user_task_key) SELECT 'group', 'large', value FROM n`);
  // What the planner is told is read when a store is opened, or here.
  db.exec('ANALYZE sqlite_schema');
  const statements: string[] = [];
  const spy = vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (this: DatabaseSync, sql: string) {
    statements.push(sql);
    return prepared.call(this, sql);
  });
  onTestFinished(() => spy.mockRestore());
  expect((await rawClient(readingCore(db)).post('/user-tasks/search', request)).status).toBe(200);
  spy.mockRestore();
  const page = statements.find((sql) => sql.includes('FROM user_tasks t') && sql.includes('ORDER BY'));
  return prepared.call(db, `EXPLAIN QUERY PLAN ${page ?? ''}`).all().map((step) => String(step['detail'])).filter((step) => / [tv]\b|TEMP B-TREE/.test(step));
}

const byCreation = [{ field: 'creationDate' }];
const byDue = [{ field: 'dueDate' }, { field: 'creationDate' }];

it.each<[string, object, string[]]>([
  ['any tasks by creation', { sort: byCreation }, ['SCAN t USING COVERING INDEX user_tasks_creation']],
  ['open tasks by creation', { sort: byCreation, filter: { state: 'CREATED' } }, ['SEARCH t USING COVERING INDEX user_tasks_state (state=?)']],
  ['open tasks by due date', { sort: byDue, filter: { state: 'CREATED' } }, ['SEARCH t USING COVERING INDEX user_tasks_due (state=?)', 'USE TEMP B-TREE FOR LAST TERM OF ORDER BY']],
  ['open tasks by priority', { sort: [{ field: 'priority' }], filter: { state: 'CREATED' } }, ['SEARCH t USING COVERING INDEX user_tasks_state (state=?)', 'USE TEMP B-TREE FOR ORDER BY']],
  ['open tasks of small groups by due date', { sort: byDue, filter: { state: 'CREATED', candidateGroup: { $in: ['a', 'b'] } } }, ['SEARCH t USING INTEGER PRIMARY KEY (rowid=?)', 'USE TEMP B-TREE FOR ORDER BY']],
  ['open tasks of a large group by due date', { sort: byDue, filter: { state: 'CREATED', candidateGroup: { $in: ['large', 'b'] } } }, ['SEARCH t USING COVERING INDEX user_tasks_due (state=?)', 'USE TEMP B-TREE FOR LAST TERM OF ORDER BY']],
  ['open tasks by a variable', { sort: byCreation, filter: { state: 'CREATED', processInstanceVariables: [{ name: 'n', value: '1' }] } }, ['SEARCH t USING COVERING INDEX user_tasks_state (state=?)', 'SEARCH v EXISTS USING COVERING INDEX variables_scope (scope_key=? AND name=? AND <expr>=?)']],
  ['open tasks by a local variable', { sort: byCreation, filter: { state: 'CREATED', localVariables: [{ name: 'n', value: '1' }] } }, ['SEARCH t USING COVERING INDEX user_tasks_state (state=?)', 'SEARCH v EXISTS USING COVERING INDEX variables_scope (scope_key=? AND name=? AND <expr>=?)']],
  ['my tasks by due date', { sort: byDue, filter: { state: 'CREATED', assignee: 'anna' } }, ['SEARCH t USING INDEX user_tasks_assignee (assignee=? AND state=?)', 'USE TEMP B-TREE FOR ORDER BY']],
  ['done tasks by completion', { sort: [{ field: 'completionDate', order: 'DESC' }], filter: { state: 'COMPLETED' } }, ['SEARCH t USING COVERING INDEX user_tasks_ended (state=? AND completion_date>?)', 'USE TEMP B-TREE FOR LAST TERM OF ORDER BY']],
])('%s', async (_, request, plan) => {
  expect(await planOf(request)).toEqual(plan);
});
