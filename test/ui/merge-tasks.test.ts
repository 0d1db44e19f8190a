// The list that holds still while it changes behind the person's back.
import { expect, test } from 'vitest';
import { appendTasks, mergeTasks, neighbourOf, takeInAll, type Listed } from '../../ui/src/features/task-list/merge-tasks.ts';

const task = (userTaskKey: string, hour: number, createdAt = '2026-11-23T08:00:00.000Z'): Listed => ({ userTaskKey, createdAt, dueAt: `2026-11-23T${String(hour).padStart(2, '0')}:00:00.000Z` });
const list = (...tasks: Listed[]) => ({ tasks, complete: true });
const keys = (rows: readonly { task: Listed }[]) => rows.map((row) => row.task.userTaskKey);
const later = '2026-11-23T09:00:00.000Z';

test('holds a new case back wherever it sorts, and counts it', () => {
  const taken = takeInAll(list(task('a', 10), task('b', 12)));
  const merged = mergeTasks(taken, list(task('new', 9, later), task('a', 10), task('b', 12), task('last', 18, later)));
  expect(keys(merged.rows)).toEqual(['a', 'b']);
  expect(merged.held).toBe(2);
});

test('renews a known row in its place, even where it now sorts elsewhere', () => {
  const taken = takeInAll(list(task('a', 10), task('b', 12)));
  const merged = mergeTasks(taken, list(task('b', 12), { ...task('a', 15) }));
  expect(keys(merged.rows)).toEqual(['a', 'b']);
  expect(merged.rows[0]?.task.dueAt).toContain('T15');
});

test('marks a row that left and keeps its place', () => {
  const merged = mergeTasks(takeInAll(list(task('a', 10), task('b', 12))), list(task('b', 12)));
  expect(merged.rows.map(({ gone }) => gone)).toEqual([true, false]);
});

test('does not mark rows that new ones pushed onto the next page', () => {
  const taken = takeInAll({ tasks: [task('a', 10), task('b', 12)], complete: false });
  const merged = mergeTasks(taken, { tasks: [task('new', 9, later), task('a', 10)], complete: false });
  expect(merged.rows.map(({ gone }) => gone)).toEqual([false, false]);
});

test('adds cases that moved up from the next page at the end, where they move nobody', () => {
  const taken = takeInAll({ tasks: [task('a', 10), task('b', 12)], complete: false });
  const merged = mergeTasks(taken, { tasks: [task('b', 12), task('older', 13)], complete: false });
  expect(keys(merged.rows)).toEqual(['a', 'b', 'older']);
  expect(merged.held).toBe(0);
});

test('appends a further page without the rows that are there already', () => {
  const taken = appendTasks(takeInAll(list(task('a', 10))), [task('a', 10), task('b', 12)]);
  expect(keys(taken.rows)).toEqual(['a', 'b']);
});

test('goes on to the next row that is still here, else back to the one before', () => {
  const rows = [{ task: task('a', 9), gone: false }, { task: task('b', 10), gone: false }, { task: task('c', 11), gone: true }];
  expect(neighbourOf(rows, 'a')?.userTaskKey).toBe('b');
  expect(neighbourOf(rows, 'b')?.userTaskKey).toBe('a');
  expect(neighbourOf(rows.slice(0, 1), 'a')).toBeUndefined();
});
