// Searches by variables and candidates find the same rows along each of their ways: by a value's beginning, in a list kept as rows, of few candidates and of very many.
import { describe, expect, it } from 'vitest';
import { insert, openRows, rawClient, readingCore } from './rows.ts';

const LONG = 'the same twenty-four characters and more';

function fill() {
  const db = openRows();
  insert(db, 'process_definitions', { key: 1, bpmn_process_id: 'review', version: 1, name: 'Review', resource_name: 'review.bpmn', deployment_key: 1, digest: 'd', xml: '<x/>', model: '{}' });
  const values = ['1', '"1"', '[1,2]', '', JSON.stringify(`${LONG} a`), JSON.stringify(`${LONG} b`)];
  for (const [n, value] of values.entries()) {
    insert(db, 'user_tasks', { key: 100 + n, process_instance_key: 200 + n, process_definition_key: 1, bpmn_process_id: 'review', element_id: 'look', element_instance_key: 300 + n,
      state: 'CREATED', candidate_groups: n < 2 ? '["few"]' : '["many"]', candidate_users: '[]', priority: 50, creation_date: n });
    insert(db, 'user_task_candidates', { kind: 'group', name: n < 2 ? 'few' : 'many', user_task_key: 100 + n });
    insert(db, 'variables', { key: 400 + n, scope_key: 200 + n, process_instance_key: 200 + n, name: 'value', value });
    insert(db, 'variables', { key: 500 + n, scope_key: 300 + n, process_instance_key: 200 + n, name: 'local', value: '0' });
  }
  // An ended task has its candidates in its own row only.
  insert(db, 'user_tasks', { key: 106, process_instance_key: 206, process_definition_key: 1, bpmn_process_id: 'review', element_id: 'look', element_instance_key: 306,
    state: 'COMPLETED', candidate_groups: '["many"]', candidate_users: '[]', priority: 50, creation_date: 6, completion_date: 7 });
  // The items of the fourth are kept as rows.
  for (const position of [1, 2]) insert(db, 'variable_items', { variable_key: 403, position, value: String(position) });
  return { db, rows: rawClient(readingCore(db)) };
}

async function tasks({ rows }: ReturnType<typeof fill>, filter: object): Promise<number[]> {
  const { status, body } = await rows.post('/user-tasks/search', { filter, sort: [{ field: 'creationDate' }] });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.items.map(({ userTaskKey }: { userTaskKey: string }) => Number(userTaskKey) - 100);
}

describe('user tasks by a variable', () => {
  const store = fill();
  it.each<[string, string | object, number[]]>([
    ['a number is not the text', '1', [0]],
    ['a text', '"1"', [1]],
    ['a list, whole or kept as rows of its items', '[1,2]', [2, 3]],
    ['another list', '[1]', []],
    ['texts that begin alike', JSON.stringify(`${LONG} b`), [5]],
    ['nothing begins so', '""', []],
    ['$eq', { $eq: '[1,2]' }, [2, 3]],
    ['$in', { $in: ['1', '[1,2]'] }, [0, 2, 3]],
    ['$like', { $like: '*b"' }, [5]],
    ['$like on a list, whole or kept as rows of its items', { $like: '*,2]' }, [2, 3]],
    ['$exists', { $exists: false }, []],
    ['$neq', { $neq: '[1,2]' }, [0, 1, 4, 5]],
    ['as long as a beginning', JSON.stringify(LONG.slice(0, 22)), []],
  ])('%s', async (_, value, found) => {
    expect(await tasks(store, { processInstanceVariables: [{ name: 'value', value }] })).toEqual(found);
  });
});

describe('variables of a process instance', () => {
  const { rows } = fill();
  it.each<[string, unknown, number[]]>([
    ['by its key, with those of inner scopes', '201', [401, 501]],
    ['of one of several', { $in: ['200', '205'] }, [400, 405, 500, 505]],
    ['of all others', { $notIn: ['200', '201', '202', '203'] }, [404, 405, 504, 505]],
    ['of any but one', { $neq: '200', $in: ['200', '201'] }, [401, 501]],
    ['not by the key of an inner scope', '301', []],
  ])('%s', async (_, processInstanceKey, found) => {
    const { body } = await rows.post('/variables/search', { filter: { processInstanceKey }, sort: [{ field: 'variableKey' }] });
    expect(body.items.map(({ variableKey }: { variableKey: string }) => Number(variableKey))).toEqual(found);
    expect(body.page.totalItems).toBe(found.length);
  });
});

describe('user tasks of a candidate group', () => {
  it('are the same whether they are looked up one by one, collected beforehand or, with very many, asked one by one', async () => {
    const store = fill();
    const large = { $in: ['few', 'many'] };
    const ask = () => Promise.all([tasks(store, { candidateGroup: 'many' }), tasks(store, { candidateGroup: large }), tasks(store, { candidateGroup: { $neq: 'many' } }),
      tasks(store, { state: 'CREATED', candidateGroup: 'many' }), tasks(store, { state: { $in: ['CREATED', 'ASSIGNING'] }, candidateGroup: large }),
      tasks(store, { state: 'CREATED', candidateGroup: { $like: '*ew' } }), tasks(store, { state: 'CREATED', candidateGroup: { $notIn: ['many'] } }), tasks(store, { state: 'COMPLETED', candidateGroup: large })]);
    const all = [0, 1, 2, 3, 4, 5];
    const oneByOne = await ask();
    expect(oneByOne).toEqual([[2, 3, 4, 5, 6], [...all, 6], [0, 1], [2, 3, 4, 5], all, [0, 1], [0, 1], [6]]);
    for (const count of [2_000, 51_000]) {
      // Of tasks that are not there.
      store.db.exec(`WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < ${count})
        INSERT OR IGNORE INTO user_task_candidates (kind, name, user_task_key) SELECT 'group', 'many', 1000 + value FROM n`);
      expect(await ask()).toEqual(oneByOne);
    }
  });
});
