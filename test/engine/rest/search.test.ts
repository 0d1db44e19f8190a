// Searches over rows: every operator, sorts with nulls, pages by offset and cursor in both directions.
import { beforeEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { insert, openRows, rawClient, readingCore } from './rows.ts';
import type { Untyped } from './rows.ts';

const DEFINITION = 2251799813685300;

function fill(count: number) {
  const db = openRows();
  insert(db, 'process_definitions', { key: DEFINITION, bpmn_process_id: 'review', version: 1, name: 'Review', resource_name: 'review.bpmn', deployment_key: 1, digest: 'd', xml: '<x/>', model: '{}' });
  insert(db, 'elements', { process_definition_key: DEFINITION, element_id: 'look', name: 'Look at it', type: 'USER_TASK' });
  for (let n = 0; n < count; n++) {
    const key = 2251799813690000 + n;
    insert(db, 'user_tasks', {
      key, process_instance_key: 1000 + n, process_definition_key: DEFINITION, bpmn_process_id: 'review', element_id: 'look', element_instance_key: 5000 + n,
      state: n % 5 === 4 ? 'COMPLETED' : 'CREATED', assignee: n % 3 === 0 ? 'ada' : n % 3 === 1 ? 'Bob*[x]' : null, candidate_groups: JSON.stringify([n % 2 === 0 ? 'even' : 'odd', 'all']), candidate_users: '[]',
      due_date: n % 4 === 0 ? null : 1_700_000_000_000 + (n % 7) * 1000, priority: 10 * (n % 6), creation_date: 1_700_000_000_000 + n, completion_date: n % 5 === 4 ? 1_700_000_100_000 + n : null, custom_headers: null,
    });
    if (n % 5 !== 4) for (const name of [n % 2 === 0 ? 'even' : 'odd', 'all']) insert(db, 'user_task_candidates', { kind: 'group', name, user_task_key: key });
    insert(db, 'variables', { key: 9_000_000 + n, scope_key: 1000 + n, process_instance_key: 1000 + n, name: 'amount', value: String(n) });
    insert(db, 'variables', { key: 8_000_000 + n, scope_key: 5000 + n, process_instance_key: 1000 + n, name: 'note', value: JSON.stringify('x'.repeat(n * 1000)) });
  }
  return rawClient(readingCore(db));
}

const numbersOf = (body: Untyped): number[] => body.items.map(({ userTaskKey }: { userTaskKey: string }) => Number(userTaskKey) - 2251799813690000);

describe('filters', () => {
  const rows = fill(20);
  const matches = async (filter: object) => {
    const { status, body } = await rows.post('/user-tasks/search', { filter });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.page.totalItems).toBe(body.items.length);
    return numbersOf(body);
  };
  const all = Array.from({ length: 20 }, (_, n) => n);

  it.each<[string, object, (n: number) => boolean]>([
    ['a plain text', { assignee: 'ada' }, (n) => n % 3 === 0],
    ['$eq', { assignee: { $eq: 'ada' } }, (n) => n % 3 === 0],
    ['$neq, which also holds where there is nothing', { assignee: { $neq: 'ada' } }, (n) => n % 3 !== 0],
    ['$exists', { assignee: { $exists: true } }, (n) => n % 3 !== 2],
    ['$exists false', { assignee: { $exists: false } }, (n) => n % 3 === 2],
    ['$in', { assignee: { $in: ['ada', 'nobody'] } }, (n) => n % 3 === 0],
    ['an empty $in, which nothing meets', { assignee: { $in: [] } }, () => false],
    ['$notIn', { assignee: { $notIn: ['ada'] } }, (n) => n % 3 !== 0],
    ['an empty $notIn, which everything meets', { assignee: { $notIn: [] } }, () => true],
    ['$like with a run', { assignee: { $like: 'a*' } }, (n) => n % 3 === 0],
    ['$like with one character', { assignee: { $like: 'a?a' } }, (n) => n % 3 === 0],
    ['$like, which minds the case', { assignee: { $like: 'A*' } }, () => false],
    ['$like with escaped and bracketed characters', { assignee: { $like: 'Bob\\*[x]' } }, (n) => n % 3 === 1],
    ['$like where an escaped star is no wildcard', { assignee: { $like: 'B\\*' } }, () => false],
    ['several operators at once', { assignee: { $exists: true, $neq: 'ada' } }, (n) => n % 3 === 1],
    ['an integer', { priority: 20 }, (n) => n % 6 === 2],
    ['an integer between two', { priority: { $gt: 10, $lte: 40 } }, (n) => [2, 3, 4].includes(n % 6)],
    ['an integer below', { priority: { $lt: 10 } }, (n) => n % 6 === 0],
    ['a date', { dueDate: { $gte: '2023-11-14T22:13:23.000Z' } }, (n) => n % 4 !== 0 && n % 7 >= 3],
    ['a date with an offset', { dueDate: '2023-11-14T23:13:23+01:00' }, (n) => n % 4 !== 0 && n % 7 === 3],
    ['a state', { state: 'COMPLETED' }, (n) => n % 5 === 4],
    ['a state in lower case', { state: 'completed' }, (n) => n % 5 === 4],
    ['a candidate group, of open and ended tasks', { candidateGroup: 'even' }, (n) => n % 2 === 0],
    ['a candidate group that is not among them', { candidateGroup: { $neq: 'even' } }, (n) => n % 2 === 1],
    ['one of several candidate groups', { candidateGroup: { $in: ['odd', 'x'] } }, (n) => n % 2 === 1],
    ['no candidate user', { candidateUser: { $exists: false } }, () => true],
    ['a key as text', { userTaskKey: '2251799813690003' }, (n) => n === 3],
    ['a key as number', { userTaskKey: 2251799813690003 }, (n) => n === 3],
    ['a variable of the process', { processInstanceVariables: [{ name: 'amount', value: '7' }] }, (n) => n === 7],
    ['a variable of the process by operator', { processInstanceVariables: [{ name: 'amount', value: { $in: ['7', '8'] } }] }, (n) => n === 7 || n === 8],
    ['a local variable', { localVariables: [{ name: 'note', value: '""' }] }, (n) => n === 0],
    ['several fields, all of which must hold', { assignee: 'ada', state: 'CREATED', elementId: 'look' }, (n) => n % 3 === 0 && n % 5 !== 4],
    ['null, which says nothing', { assignee: null }, () => true],
  ])('finds by %s', async (_, filter, expected) => {
    expect(await matches(filter)).toEqual(all.filter(expected));
  });
});

describe('pages', () => {
  let rows: ReturnType<typeof fill>;
  beforeEach(() => {
    rows = fill(23);
  });

  it('shows the first hundred, and where it begins and ends, when nothing is asked', async () => {
    const { body } = await rows.post('/user-tasks/search');
    expect(body.items).toHaveLength(23);
    expect(body.page).toEqual({ totalItems: 23, hasMoreTotalItems: false, startCursor: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/), endCursor: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/) });
  });

  it('gives no cursors for an empty page', async () => {
    const { body } = await rows.post('/user-tasks/search', { page: { from: 100 } });
    expect(body).toEqual({ items: [], page: { totalItems: 23, hasMoreTotalItems: false } });
  });

  it('walks through any sort in either direction without losing or repeating a row', async () => {
    const fields = fc.uniqueArray(fc.constantFrom('creationDate', 'completionDate', 'dueDate', 'priority', 'name'), { maxLength: 3 });
    const sorts = fields.chain((names) => fc.tuple(...names.map((field) => fc.constantFrom('ASC', 'DESC', 'asc', 'desc').map((order) => ({ field, order })))));
    await fc.assert(
      fc.asyncProperty(sorts, fc.integer({ min: 1, max: 9 }), async (sort, limit) => {
        const whole = numbersOf((await rows.post('/user-tasks/search', { sort })).body);
        const forwards: number[] = [];
        let after: string | undefined;
        let last: string | undefined;
        for (;;) {
          const { body } = await rows.post('/user-tasks/search', { sort, page: after === undefined ? { limit } : { after, limit } });
          if (body.items.length === 0) break;
          forwards.push(...numbersOf(body));
          after = body.page.endCursor;
          last = body.page.startCursor;
        }
        expect(forwards).toEqual(whole);
        const backwards: number[] = [];
        for (let before = last; ; ) {
          const { body } = await rows.post('/user-tasks/search', { sort, page: { before, limit } });
          if (body.items.length === 0) break;
          backwards.unshift(...numbersOf(body));
          before = body.page.startCursor;
        }
        const lastPage = whole.length % limit === 0 ? limit : whole.length % limit;
        expect(backwards).toEqual(whole.slice(0, whole.length - lastPage));
      }),
      { numRuns: 40 },
    );
  });

  it('keeps cursors short however long the values are that it sorts by', async () => {
    const sort = [{ field: 'value', order: 'DESC' }];
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const { body } = await rows.post('/variables/search', { sort, page: after === undefined ? { limit: 4 } : { after, limit: 4 } });
      seen.push(...body.items.map(({ variableKey }: { variableKey: string }) => variableKey));
      after = body.page.endCursor;
      expect(String(after ?? '').length).toBeLessThanOrEqual(300);
    } while (after !== undefined);
    expect(new Set(seen).size).toBe(46);
  });

  it('puts rows without a value last in both directions', async () => {
    for (const order of ['ASC', 'DESC']) {
      const { body } = await rows.post('/user-tasks/search', { sort: [{ field: 'dueDate', order }] });
      expect(body.items.slice(-6).every(({ dueDate }: { dueDate?: string }) => dueDate === undefined)).toBe(true);
    }
  });
});

describe('variables', () => {
  it('are cut when long, unless the whole is asked for, and say so', async () => {
    const rows = fill(12);
    const filter = { variableKey: '8000010' };
    const cut = (await rows.post('/variables/search', { filter })).body.items[0];
    expect([cut.isTruncated, cut.value.length]).toEqual([true, 8191]);
    const whole = (await rows.post('/variables/search?truncateValues=false', { filter })).body.items[0];
    expect([whole.isTruncated, whole.value.length]).toEqual([false, 10_002]);
    expect((await rows.get('/variables/8000010')).body.value).toHaveLength(10_002);
  });
});
