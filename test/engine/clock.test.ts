// The one clock.
import { expect, test } from 'vitest';
import { createClock } from '../../engine/clock.ts';

test('runs with the machine until it is pinned, and again after it is reset', () => {
  let machine = 5;
  const clock = createClock(() => machine);
  expect(clock.now()).toBe(5);
  clock.pin(100);
  machine = 6;
  expect([clock.now(), clock.isPinned()]).toEqual([100, true]);
  clock.reset();
  expect([clock.now(), clock.isPinned()]).toEqual([6, false]);
});

test('tells its listeners of each move until they are taken off', () => {
  const clock = createClock(() => 0);
  let moves = 0;
  const off = clock.onChange(() => (moves += 1));
  clock.pin(1);
  clock.reset();
  off();
  clock.pin(2);
  expect(moves).toBe(2);
});
