// The one clock.
import { expect, test } from 'vitest';
import { createClock, createSteadyTime } from '../../engine/clock.ts';

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

test('follows a machine clock that is set ahead, and never goes back with one that is set back', () => {
  let [wall, passing] = [1_000_000, 0];
  const jumps: number[] = [];
  const now = createSteadyTime({ wall: () => wall, passing: () => passing, onJump: (milliseconds) => { jumps.push(milliseconds); } });
  const pass = (milliseconds: number, set = 0) => {
    passing += milliseconds;
    wall += milliseconds + set;
    return now();
  };
  expect(pass(100)).toBe(1_000_100);
  expect(pass(100, 3_600_000)).toBe(4_600_200);
  // Set back by an hour: half the pace until the machine has caught up.
  expect(pass(1_000, -3_600_000)).toBe(4_600_700);
  expect(pass(1_000)).toBe(4_601_200);
  expect(jumps).toEqual([3_600_000, -3_600_000]);
  pass(7_196_000);
  expect(pass(10_000)).toBe(wall);
  // What time servers correct is no jump.
  expect(pass(1_000, -800)).toBeGreaterThan(wall);
  expect(jumps).toHaveLength(2);
});
