// Whatever a client sends, the answer is the reference's problem, and never a 500.
import { afterEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { operations } from '../../../engine/rest/operations/index.ts';
import { openRows, rawClient, readingCore } from './rows.ts';

const client = rawClient(readingCore(openRows()));

afterEach(() => {
  expect(client.defects.splice(0)).toEqual([]);
});

const problem = (status: number, title: string, detail: string) => expect.objectContaining({ type: 'about:blank', status, title, detail });

describe('a body', () => {
  it.each<[string, string, unknown, number, string, string]>([
    ['with an unknown field', '/user-tasks/search', { nonsense: 1 }, 400, 'Bad Request', 'Request property [nonsense] cannot be parsed'],
    ['with an unknown field further down', '/user-tasks/search', { filter: { colour: 'red' } }, 400, 'Bad Request', 'Request property [filter.colour] cannot be parsed'],
    ['with an unknown operator', '/user-tasks/search', { filter: { assignee: { $regex: '.*' } } }, 400, 'Bad Request', 'Request property [filter.assignee.$regex] cannot be parsed'],
    ['with a field of the wrong type', '/user-tasks/search', { filter: { assignee: 7 } }, 400, 'Bad Request', 'Request property [filter.assignee] cannot be parsed'],
    ['with an operator of the wrong type', '/user-tasks/search', { filter: { assignee: { $in: 'ada' } } }, 400, 'Bad Request', 'Request property [filter.assignee.$in] cannot be parsed'],
    ['with a list where an object belongs', '/user-tasks/search', [], 400, 'Bad Request', 'Request property [] cannot be parsed'],
    ['with an unknown sort field', '/process-instances/search', { sort: [{ field: '123' }] }, 400, 'Bad Request', "Unexpected value '123' for enum field 'field'. Use any of the following values: [endDate, hasIncident, parentElementInstanceKey, parentProcessInstanceKey, processDefinitionId, processDefinitionKey, processDefinitionName, processDefinitionVersion, processDefinitionVersionTag, processInstanceKey, startDate, state, tenantId]"],
    ['with a sort without field', '/process-instances/search', { sort: [{ order: 'ASC' }] }, 400, 'INVALID_ARGUMENT', 'No field provided.'],
    ['with an unknown sort order', '/process-instances/search', { sort: [{ field: 'state', order: 'UP' }] }, 400, 'Bad Request', "Unexpected value 'UP' for enum field 'order'. Use any of the following values: [ASC, DESC]"],
    ['with an unknown state', '/user-tasks/search', { filter: { state: 'LOST' } }, 400, 'Bad Request', "Unexpected value 'LOST' for enum field 'state'. Use any of the following values: [ASSIGNING, CANCELED, CANCELING, COMPLETED, COMPLETING, CREATED, CREATING, FAILED, UPDATING]"],
    ['with a date that is none', '/user-tasks/search', { filter: { dueDate: 'tomorrow' } }, 400, 'INVALID_ARGUMENT', "The provided dueDate 'tomorrow' cannot be parsed as a date according to RFC 3339, section 5.6."],
    ['with a date without zone', '/user-tasks/search', { filter: { dueDate: '2026-01-01T00:00:00' } }, 400, 'INVALID_ARGUMENT', "The provided dueDate '2026-01-01T00:00:00' cannot be parsed as a date according to RFC 3339, section 5.6."],
    ['with a key that is no number', '/user-tasks/search', { filter: { userTaskKey: 'abc' } }, 400, 'Bad Request', 'Request property [filter.userTaskKey] cannot be parsed'],
    ['with a page of nothing', '/user-tasks/search', { page: { limit: 0 } }, 400, 'INVALID_ARGUMENT', "The value for page.limit is '0' but must be between 1 and 10000."],
    ['with too long a page', '/user-tasks/search', { page: { limit: 10_001 } }, 400, 'INVALID_ARGUMENT', "The value for page.limit is '10001' but must be between 1 and 10000."],
    ['with a page before the first', '/user-tasks/search', { page: { from: -1 } }, 400, 'INVALID_ARGUMENT', "The value for page.from is '-1' but must be at least 0."],
    ['with two cursors', '/user-tasks/search', { page: { after: 'WzFd', before: 'WzFd' } }, 400, 'INVALID_ARGUMENT', 'Both after and before cannot be set at the same time.'],
    ['with an offset and a cursor', '/user-tasks/search', { page: { from: 1, after: 'WzFd' } }, 400, 'INVALID_ARGUMENT', 'Both from and a cursor cannot be set at the same time.'],
    ['without the time-out of an activation', '/jobs/activation', { type: 'a', maxJobsToActivate: 1 }, 400, 'INVALID_ARGUMENT', 'No timeout provided.'],
    ['without the type of an activation', '/jobs/activation', { timeout: 1, maxJobsToActivate: 1 }, 400, 'INVALID_ARGUMENT', 'No type provided.'],
    ['with an empty job type', '/jobs/activation', { type: '', timeout: 1, maxJobsToActivate: 1 }, 400, 'INVALID_ARGUMENT', 'No type provided.'],
    ['that asks for no job', '/jobs/activation', { type: 'a', timeout: 1, maxJobsToActivate: 0 }, 400, 'INVALID_ARGUMENT', "The value for maxJobsToActivate is '0' but must be greater than 0."],
    ['with a time-out of nothing', '/jobs/activation', { type: 'a', timeout: 0, maxJobsToActivate: 1 }, 400, 'INVALID_ARGUMENT', "The value for timeout is '0' but must be greater than 0."],
    ['of a foreign tenant', '/jobs/activation', { type: 'a', timeout: 1, maxJobsToActivate: 1, tenantIds: ['acme'] }, 400, 'INVALID_ARGUMENT', "Expected to handle request ActivateJobs with tenant identifier 'acme', but multi-tenancy is disabled."],
    ['that names no message', '/messages/publication', {}, 400, 'INVALID_ARGUMENT', 'No name provided.'],
    ['that names no process', '/process-instances', {}, 400, 'INVALID_ARGUMENT', 'At least one of [processDefinitionId, processDefinitionKey] is required.'],
    ['that names a process twice', '/process-instances', { processDefinitionId: 'a', processDefinitionKey: '1' }, 400, 'INVALID_ARGUMENT', 'Only one of [processDefinitionId, processDefinitionKey] is allowed.'],
    ['with variables that are no object', '/process-instances', { processDefinitionId: 'a', variables: [1] }, 400, 'Bad Request', 'Request property [variables] cannot be parsed'],
    ['with a tag that is none', '/process-instances', { processDefinitionId: 'a', tags: ['1'] }, 400, 'INVALID_ARGUMENT', "The value for tags is '1' but must be a letter followed by up to 99 letters, digits, or the characters _ - : .."],
    ['that assigns to nobody', '/user-tasks/1/assignment', {}, 400, 'INVALID_ARGUMENT', 'No assignee provided.'],
    ['that names no error', '/jobs/1/error', {}, 400, 'INVALID_ARGUMENT', 'No errorCode provided.'],
    ['that evaluates nothing', '/decision-definitions/evaluation', {}, 400, 'INVALID_ARGUMENT', 'At least one of [decisionDefinitionId, decisionDefinitionKey] is required.'],
  ])('%s', async (_, path, body, status, title, detail) => {
    expect((await client.post(path, body)).body).toEqual(problem(status, title, detail));
  });

  it('that is missing where one is needed', async () => {
    expect((await client.post('/jobs/activation')).body).toEqual(problem(400, 'Bad Request', 'Required request body is missing'));
  });

  it.each(['{"type": "a', '{', 'undefined', '{"a":1}}', "{'a':1}", '\u{feff}{', '[[[', '"\\ud800'])('cut or no JSON: %s', async (text) => {
    expect((await client.send('POST', '/jobs/activation', text)).body).toEqual(problem(400, 'Bad Request', 'Failed to read request'));
  });

  it('that is no UTF-8', async () => {
    expect((await client.send('POST', '/jobs/activation', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]))).status).toBe(400);
  });

  it('nested deeper than the real parser goes', async () => {
    const deep = `{"processDefinitionId":"a","variables":${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}}`;
    expect((await client.send('POST', '/process-instances', deep)).body).toEqual(problem(400, 'Bad Request', 'Failed to read request'));
  });

  it('of another content type', async () => {
    expect((await client.send('POST', '/jobs/activation', 'type=a', { 'content-type': 'application/x-www-form-urlencoded' })).body).toEqual(
      problem(415, 'Unsupported Media Type', "Content-Type 'application/x-www-form-urlencoded' is not supported."),
    );
    expect((await client.send('POST', '/deployments', '{}')).status).toBe(415);
  });

  it('with a diagram that is no UTF-8, which deploys nothing of the form', async () => {
    const good = '<?xml version="1.0"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="n"><bpmn:process id="not-deployed" isExecutable="true"><bpmn:startEvent id="s"/></bpmn:process></bpmn:definitions>';
    const form = new FormData();
    form.append('resources', new File([good], 'good.bpmn'));
    form.append('resources', new File([good.slice(0, 60), new Uint8Array([0xff, 0xfe, 0xc3]), good.slice(60)], 'broken.bpmn'));
    const whole = new Response(form);
    const answer = await client.send('POST', '/deployments', new Uint8Array(await whole.arrayBuffer()), { 'content-type': whole.headers.get('content-type') ?? '' });
    expect(answer.body).toMatchObject({ status: 400, detail: expect.stringContaining('broken.bpmn') as string });
    expect((await client.post('/process-definitions/search', { filter: { processDefinitionId: 'not-deployed' } })).body.items).toEqual([]);
  });

  it('that is a damaged form', async () => {
    const send = (body: string, type = 'multipart/form-data; boundary=x') => client.send('POST', '/deployments', body, { 'content-type': type });
    expect((await send('--x\r\ncontent-disposition: form-data; name="resources"; filename="a.bpmn"\r\n\r\nhalf')).status).toBe(400);
    expect((await send('--x\r\n', 'multipart/form-data')).status).toBe(400);
    expect((await send('--x\r\ncontent-disposition: form-data; name="tenantId"\r\n\r\n<default>\r\n--x--\r\n')).body).toEqual(problem(400, 'INVALID_ARGUMENT', 'No resources provided.'));
    expect((await send('--x\r\ncontent-disposition: form-data; name="tenantId"\r\n\r\nacme\r\n--x--\r\n')).body.detail).toContain("tenant identifier 'acme'");
  });
});

/** Without values, so that its row is looked up. */
const CURSOR_BY_PRIORITY = Buffer.from('["+priority",null,1]').toString('base64');

describe('a cursor', () => {
  it.each([['forged', 'AAAA'], ['of JSON, but not ours', Buffer.from('{"a":1}').toString('base64')], ['with values of the wrong kind', Buffer.from('["",[{}],1]').toString('base64')],
    ['with too many values', Buffer.from('["",[1,2],1]').toString('base64')], ['of another sort', Buffer.from('["+priority",[1],1]').toString('base64')], ['that is no base64', '§§§'], ['with a key that is no integer', Buffer.from('["",[],1.5]').toString('base64')],
    ['that leads to a row that is gone', CURSOR_BY_PRIORITY]])(
    '%s is refused', async (_, cursor) => {
      for (const page of [{ after: cursor }, { before: cursor }]) {
        const { body } = await client.post('/user-tasks/search', { page, ...(cursor === CURSOR_BY_PRIORITY ? { sort: [{ field: 'priority' }] } : {}) });
        expect(body).toMatchObject({ status: 400, title: 'INVALID_ARGUMENT' });
        expect(body.detail).toContain('Expected a cursor of an earlier answer');
      }
    },
  );
});

describe('an absurd filter', () => {
  it.each<[string, string, object]>([
    ['of ten thousand alternatives', '/process-instances/search', { $or: Array.from({ length: 10_000 }, () => ({ state: 'ACTIVE' })) }],
    ['of ten thousand variables', '/user-tasks/search', { processInstanceVariables: Array.from({ length: 10_000 }, () => ({ name: 'a', value: '1' })) }],
    ['with an endless pattern', '/user-tasks/search', { assignee: { $like: '*a'.repeat(50_000) } }],
  ])('%s is refused', async (_, path, filter) => {
    expect((await client.post(path, { filter })).body).toMatchObject({ status: 400, title: 'INVALID_ARGUMENT' });
  });

  it.each<[string, string, object]>([
    ['of a hundred alternatives of everything', '/process-instances/search', { $or: Array.from({ length: 100 }, () => ({ state: { $in: ['ACTIVE'], $neq: 'COMPLETED', $like: 'A*' }, tags: ['a', 'b'], variables: Array.from({ length: 20 }, () => ({ name: 'a', value: { $like: '*' } })) })) }],
    ['of a hundred thousand values', '/user-tasks/search', { assignee: { $in: Array.from({ length: 100_000 }, (_, n) => `${n}`) } }],
    ['with quotes and comments of SQL', '/user-tasks/search', { assignee: "' OR 1=1 --", name: { $like: "%'; DROP TABLE user_tasks; --" } }],
    ['with a key beyond all keys', '/user-tasks/search', { userTaskKey: '9223372036854775807' }],
  ])('%s is answered', async (_, path, filter) => {
    expect((await client.post(path, { filter })).body).toMatchObject({ items: [] });
  });
});

describe('a path', () => {
  it('that nobody knows is a 404, a method that it lacks a 405', async () => {
    expect((await client.get('/nothing/here')).body).toEqual(problem(404, 'Not Found', 'No endpoint /v2/nothing/here.'));
    expect((await client.send('PUT', '/topology')).status).toBe(405);
    expect((await client.send('PATCH', '/user-tasks/1/update')).status).toBe(404);
  });

  it('of an operation that is not offered is a 501 that says why', async () => {
    const { status, body } = await client.post('/users', {});
    expect([status, body.detail]).toEqual([501, "Operation 'createUser' is not offered by the embedded engine: users are accounts of Stellwerk, not of the engine."]);
  });

  it.each(['abc', '1.5', '', '9223372036854775808', '-', '%E0%A4%A', '1e3', '0x10'].filter((key) => key !== ''))('with the key %s is a 400 at every operation', async (key) => {
    for (const { method, path, missing } of operations) {
      const name = /\{(\w+Key)\}/.exec(path)?.[1];
      if (name === undefined || missing !== undefined) continue;
      const { status, body } = await client.send(method, path.replace(`{${name}}`, key), method === 'GET' ? undefined : '{}');
      expect([path, status, body.detail]).toEqual([path, 400, expect.stringMatching(/^(Failed to convert '\w+' with value: '.*'|Batch operation id '.*' is not a valid number\. .*)$/)]);
      expect(body.instance).toMatch(/^\/v2\//);
    }
  });
});

describe('anything at all', () => {
  it('never ends in a 500 at an operation that reads', async () => {
    const reading = operations.filter(({ path, missing }) => missing === undefined && path.endsWith('/search'));
    const names = fc.constantFrom('filter', 'sort', 'page', 'limit', 'from', 'after', 'field', 'order', 'state', '$eq', '$in', '$like', '$or', 'processInstanceKey', 'startDate', 'priority', 'name', 'value', 'variables', '__proto__', 'constructor', '');
    const bodies = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 5 }, fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.array(tie('value')), fc.dictionary(names, tie('value'))),
    })).value;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...reading), bodies, async ({ path }, body) => {
        const { status } = await client.post(path.replace(/\{\w+\}/, '1'), body);
        expect([200, 400, 404]).toContain(status);
      }),
      { numRuns: 500 },
    );
  });
});
