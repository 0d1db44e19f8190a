// A round of fast mode as a state machine.
import { expect, test } from 'vitest';
import { emptyRound, nextRound, stageOf, undoable, type FastEvent, type FastRound } from '../../ui/src/features/review/fast/fast-round.ts';
import type { TaskDetail, TaskSummary, VerdictResult } from '../../ui/src/shared/tasks/task.ts';

const me = 'reader';
const until = '2026-11-23T10:00:05.000Z';

function summary(userTaskKey: string, change: Partial<TaskSummary> = {}): TaskSummary {
  return { userTaskKey, caseId: `case-${userTaskKey}`, businessId: null, service: 'digits', purpose: 'review', title: { de: '', en: '' }, subtitle: { de: '', en: '' }, picture: null, createdAt: until, dueAt: null, completedAt: null, assignee: null, escalated: false, step: 'blind', ...change };
}

function detail(userTaskKey: string, step: 'compare' | 'stored', finalClass: string | null = null): TaskDetail {
  const ownVerdicts = finalClass === null ? [] : [{ step: 'final', answer: 'class', class: finalClass, reasonCode: null, text: null, givenAt: until, durationMs: null }];
  return { ...summary(userTaskKey), step, undoUntil: until, ownVerdicts, suggestion: null } as unknown as TaskDetail;
}

const result = (userTaskKey: string, outcome: VerdictResult['outcome'], step: 'compare' | 'stored'): VerdictResult => ({ outcome, task: detail(userTaskKey, step) });
const sent = (userTaskKey: string, given = '3'): FastEvent => ({ type: 'sent', task: summary(userTaskKey), words: given, given, tookMs: 900 });
const play = (...events: FastEvent[]): FastRound => events.reduce(nextRound, nextRound(emptyRound, { type: 'read', tasks: [summary('1'), summary('2'), summary('3')], me }));

test('reads only cases that are open to the person, and each once', () => {
  const tasks = [summary('1'), summary('2', { assignee: { name: 'other', displayName: 'Other' } }), summary('3', { step: 'compare' })];
  const round = nextRound(nextRound(emptyRound, { type: 'read', tasks, me }), { type: 'read', tasks, me });
  expect(round.queue.map((task) => task.userTaskKey)).toEqual(['1']);
});

test('waits on the sent case while connected, and reads on while the connection is lost', () => {
  const round = play(sent('1'));
  expect(stageOf(round, true)).toMatchObject({ kind: 'sending', given: '3' });
  expect(stageOf(round, false)).toMatchObject({ kind: 'blind', task: { userTaskKey: '2' } });
});

test('goes on by itself after agreement', () => {
  const round = play(sent('1'), { type: 'stored', userTaskKey: '1', result: result('1', 'agrees', 'stored') });
  expect(round.entries[0]).toMatchObject({ status: 'same', undoUntil: Date.parse(until) });
  expect(stageOf(round, true)).toMatchObject({ kind: 'blind', task: { userTaskKey: '2' } });
});

test('says no more than recorded where the verdict counts alone', () => {
  const round = play(sent('1'), { type: 'stored', userTaskKey: '1', result: result('1', 'recorded', 'stored') });
  expect(round.entries[0]?.status).toBe('recorded');
});

test('opens the second look after a difference and settles it as kept or switched', () => {
  const open = play(sent('1'), { type: 'stored', userTaskKey: '1', result: result('1', 'differs', 'compare') });
  expect(stageOf(open, true).kind).toBe('compare');
  const kept = nextRound(open, { type: 'settled', task: detail('1', 'stored', '3'), words: '3' });
  const switched = nextRound(open, { type: 'settled', task: detail('1', 'stored', '5'), words: '5' });
  expect([kept.entries[0]?.status, switched.entries[0]?.status]).toEqual(['kept', 'switched']);
  expect(stageOf(kept, true).kind).toBe('blind');
});

test('takes back the latest verdict in time and shows its case again first', () => {
  const round = play(sent('1'), { type: 'stored', userTaskKey: '1', result: result('1', 'agrees', 'stored') });
  expect(undoable(round, Date.parse(until) - 1)?.task.userTaskKey).toBe('1');
  expect(undoable(round, Date.parse(until))).toBeUndefined();
  const undone = nextRound(round, { type: 'undone', userTaskKey: '1' });
  expect(undone.queue.map((task) => task.userTaskKey)).toEqual(['1', '2', '3']);
  expect(undone.entries).toEqual([]);
});

test('leaves more time to take back where the server gave it', () => {
  const round = play(sent('1'), { type: 'stored', userTaskKey: '1', result: result('1', 'agrees', 'stored') });
  const held = nextRound(round, { type: 'held', userTaskKey: '1', until: Date.parse(until) + 5000 });
  expect(undoable(held, Date.parse(until) + 4999)?.task.userTaskKey).toBe('1');
  expect(undoable(held, Date.parse(until) + 5000)).toBeUndefined();
});

test('shows a verdict that could not be stored as such and goes on', () => {
  const round = play(sent('1'), { type: 'failed', userTaskKey: '1' });
  expect(round.entries[0]?.status).toBe('failed');
  expect(stageOf(round, true)).toMatchObject({ kind: 'blind', task: { userTaskKey: '2' } });
});
