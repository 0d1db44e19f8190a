// Days that are left are calendar days: the last one is day 0.
import { expect, test } from 'vitest';
import { daysUntil } from '../../ui/src/shared/time/days-until.ts';

test('counts midnights, not spans of 24 hours, and never less than none', () => {
  const now = new Date(2026, 10, 22, 23, 59).getTime();
  expect(daysUntil(new Date(2026, 10, 22, 23, 59, 30).getTime(), now)).toBe(0);
  expect(daysUntil(new Date(2026, 10, 23, 0, 1).getTime(), now)).toBe(1);
  expect(daysUntil(new Date(2027, 1, 20, 22, 0).getTime(), now)).toBe(90);
  expect(daysUntil(new Date(2026, 10, 1).getTime(), now)).toBe(0);
});
