// An answer to a task is given once, whatever is lost on the way.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { markBack } from '../../ui/src/shared/connection/connection.ts';
import { sendAnswer } from '../../ui/src/shared/tasks/send-answer.ts';
import type { OwnVerdict } from '../../ui/src/shared/tasks/task.ts';

const given = (verdict: Partial<OwnVerdict>): OwnVerdict => ({ step: 'blind', answer: 'class', class: 'grant', reasonCode: null, text: null, givenAt: '2026-11-22T10:00:00Z', durationMs: null, ...verdict });
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
const task = (step: string, ...ownVerdicts: OwnVerdict[]) => json({ userTaskKey: '7', step, ownVerdicts });
const problem = (name: string) => json({ type: `urn:stellwerk:problem:${name}`, title: name, status: 409 }, 409);
const lost = () => Promise.reject(new TypeError('network'));

const fetched = vi.fn<(path: string, init: { method: string }) => Promise<Response>>();
beforeEach(() => { vi.stubGlobal('fetch', fetched); });
afterEach(() => {
  markBack();
  fetched.mockReset();
  vi.unstubAllGlobals();
});
const calls = () => fetched.mock.calls.map(([path, { method }]) => `${method} ${path.replace('/api/inbox/tasks', '')}`);

const grant = () => sendAnswer({ userTaskKey: '7', call: '/verdict', body: { class: 'grant' }, isIt: (last) => last.class === 'grant' });

test('sent again after an outage only where the server has not got it', async () => {
  fetched.mockImplementationOnce(lost).mockResolvedValueOnce(task('blind')).mockResolvedValueOnce(json({ outcome: 'agrees', task: {} }));
  const sending = grant();
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledTimes(1));
  markBack();
  expect(await sending).toMatchObject({ outcome: 'agrees' });
  expect(calls()).toEqual(['POST /7/verdict', 'GET /7', 'POST /7/verdict']);
});

test.each([
  ['/verdict', 'compare', given({}), 'differs'],
  ['/verdict', 'done', given({}), 'recorded'],
  ['/final-verdict', 'stored', given({ step: 'final' }), 'answered'],
  ['/need-information', 'blind', given({ answer: 'need-information', class: null }), 'answered'],
] as const)('%s counts as given where only its answer was lost (%s)', async (call, step, verdict, outcome) => {
  fetched.mockImplementationOnce(lost).mockResolvedValueOnce(task(step, verdict));
  const sending = sendAnswer({ userTaskKey: '7', call, body: {}, isIt: (last) => last.answer === verdict.answer });
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledTimes(1));
  markBack();
  expect(await sending).toMatchObject({ outcome });
  expect(calls()).toEqual([`POST /7${call}`, 'GET /7']);
});

test.each(['task-answered', 'task-ended'])('refused as %s, it counts as given where it is the same, and fails where it is another', async (name) => {
  fetched.mockResolvedValueOnce(problem(name)).mockResolvedValueOnce(task('done', given({})));
  expect(await grant()).toMatchObject({ outcome: 'recorded' });
  fetched.mockResolvedValueOnce(problem(name)).mockResolvedValueOnce(task('done', given({ class: 'decline' })));
  await expect(grant()).rejects.toThrow(name);
});

test('refused for another reason, it fails at once', async () => {
  fetched.mockResolvedValueOnce(problem('task-taken'));
  await expect(grant()).rejects.toThrow('task-taken');
  expect(calls()).toEqual(['POST /7/verdict']);
});
