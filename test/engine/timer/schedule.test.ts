// When timers are due, in a time zone with daylight saving.
import { expect, test } from 'vitest';
import { firstDue, nextDue, parseInstant } from '../../../engine/timer/schedule.ts';

const zone = 'Europe/Berlin';
const at = (text: string) => Date.parse(text);

test.each([
  ['duration', 'PT90S', '2026-01-01T00:01:30Z', 1],
  ['duration', 'P1M', '2026-02-01T00:00:00Z', 1],
  ['date', '2026-05-01T10:00:00Z', '2026-05-01T10:00:00Z', 1],
  ['date', '2026-05-01T10:00:00-04:00[America/New_York]', '2026-05-01T14:00:00Z', 1],
  ['date', '2026-05-01T10:00:00@America/New_York', '2026-05-01T14:00:00Z', 1],
  ['date', '2026-05-01T10:00:00@Europe/Berlin', '2026-05-01T08:00:00Z', 1],
  ['cycle', 'R2/2026-03-01T01:00:00+01:00[Europe/Berlin]/P1D', '2026-03-01T00:00:00Z', 2],
  ['cycle', 'R3/PT1H', '2026-01-01T01:00:00Z', 3],
  ['cycle', 'R/PT1H', '2026-01-01T01:00:00Z', -1],
  ['cycle', 'R2/2026-03-01T00:00:00Z/P1D', '2026-03-01T00:00:00Z', 2],
  ['cycle', '0 0 9 * * MON-FRI', '2026-01-01T08:00:00Z', -1],
  ['cycle', '0 0/30 * * * ?', '2026-01-01T00:30:00Z', -1],
  ['cycle', '@hourly', '2026-01-01T01:00:00Z', -1],
] as const)('a %s of %s is first due at %s', (kind, text, due, repetitions) => {
  expect(firstDue(kind, text, at('2026-01-01T00:00:00Z'), zone)).toEqual({ dueAt: at(due), repetitions });
});

const next = (text: string, last: string, now = last) => nextDue(text, at(last), at(now), zone);

test('a day is a day of the time zone, also when clocks change', () => {
  expect(next('R/P1D', '2026-03-28T08:00:00Z')).toBe(at('2026-03-29T07:00:00Z'));
  expect(next('0 0 9 * * *', '2026-03-28T08:00:00Z')).toBe(at('2026-03-29T07:00:00Z'));
  expect(next('R/PT24H', '2026-03-28T08:00:00Z')).toBe(at('2026-03-29T08:00:00Z'));
});

test('turns that were missed are not made up for: the next one is now or later', () => {
  expect(next('R/PT10M', '2026-01-01T10:10:00Z', '2026-01-01T10:31:40Z')).toBe(at('2026-01-01T10:31:40Z'));
  expect(next('R/PT10M', '2026-01-01T10:31:40Z')).toBe(at('2026-01-01T10:41:40Z'));
  expect(next('0 0 9 * * *', '2026-01-01T08:00:00Z', '2026-01-05T12:00:00Z')).toBe(at('2026-01-06T08:00:00Z'));
});

test.each([['duration', 'an hour'], ['date', 'tomorrow'], ['date', '2026-05-01T10:00:00'], ['date', '2026-05-01'], ['cycle', 'R2/2026-03-01T00:00:00/P1D'], ['date', '2026-05-01T10:00:00[America/New_York]'], ['cycle', 'R3/often'], ['cycle', '99 99 * * *'], ['cycle', 'R0/PT1H'], ['cycle', '*/5 * * * *']] as const)('refuses the %s %s', (kind, text) => {
  expect(firstDue(kind, text, 0, zone)).toHaveProperty('error');
});

test('reads no instant from nonsense', () => {
  expect(parseInstant('soon')).toBeUndefined();
});

test('turns that were missed are not made up for one by one, as in Zeebe', () => {
  expect(nextDue('R/PT10M', at('2030-01-01T10:10:00Z'), at('2030-01-01T10:31:40Z'), 'UTC')).toBe(at('2030-01-01T10:31:40Z'));
  expect(nextDue('0 */10 * * * *', at('2030-01-01T10:10:00Z'), at('2030-01-01T10:31:40Z'), 'UTC')).toBe(at('2030-01-01T10:40:00Z'));
});
