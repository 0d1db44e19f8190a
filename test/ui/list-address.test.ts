// The inbox in its address: lists and filters there and back.
import { expect, test } from 'vitest';
import { readFilter, readList, toTaskFilter, writeFilter } from '../../ui/src/features/task-list/list-address.ts';

const now = Date.parse('2026-11-23T09:41:27.500Z');

test('reads back what it writes', () => {
  const filter = { service: 'credit-risk', age: 'day', due: 'overdue' } as const;
  expect(readFilter(writeFilter(filter))).toEqual(filter);
});

test('ignores what it does not know', () => {
  expect(readFilter(new URLSearchParams('age=century&score=high'))).toEqual({});
  expect(readList('by-confidence')).toBeUndefined();
});

test('asks for moments that stay the same within a minute', () => {
  expect(toTaskFilter({ age: 'hour', due: 'overdue' }, now)).toEqual({ service: undefined, createdBefore: '2026-11-23T08:41:00.000Z', dueBefore: '2026-11-23T09:41:00.000Z' });
  expect(toTaskFilter({ age: 'hour' }, now)).toEqual(toTaskFilter({ age: 'hour' }, now + 30_000));
});
