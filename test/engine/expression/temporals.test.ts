// Dates, times, durations and zones; and how they become JSON.
import { describe, expect, it } from 'vitest';
import { feel } from './feel.ts';

describe('dates, times and durations', () => {
  it('takes now and today from the given clock and zone', () => {
    expect(feel('now()')).toBe('2026-03-04T06:06:07.008+01:00[Europe/Berlin]');
    expect(feel('today()')).toBe('2026-03-04');
  });

  it('adds months on the calendar and days on the clock', () => {
    expect(feel('date("2026-01-31") + @"P1M"')).toBe('2026-02-28');
    expect(feel('@"2026-03-28T12:00:00@Europe/Berlin" + @"P1D"')).toBe('2026-03-29T13:00:00+02:00[Europe/Berlin]');
    expect(feel('@"2026-02-28T12:00:00@Europe/Berlin" + @"P1M"')).toBe('2026-03-28T12:00:00+01:00[Europe/Berlin]');
    expect(feel('@"23:30:00" + @"PT1H"')).toBe('00:30');
  });

  it('moves a time that a clock change skips by the length of the gap', () => {
    expect(feel('date and time("2026-03-29T02:30:00@Europe/Berlin")')).toBe('2026-03-29T03:30:00+02:00[Europe/Berlin]');
    expect(feel('date and time("2026-10-25T02:30:00@Europe/Berlin")')).toBe('2026-10-25T02:30:00+02:00[Europe/Berlin]');
  });

  it('subtracts to durations and divides them', () => {
    expect(feel('date("2026-03-01") - date("2026-02-01")')).toBe('P28D');
    expect(feel('@"2026-01-01T10:00:00Z" - @"2026-01-01T10:00:00+02:00"')).toBe('PT2H');
    expect(feel('[@"P1Y" / 2, @"P1D" / @"PT6H", @"P1D" * 3, -@"P1M"]')).toEqual(['P6M', 4, 'P3D', '-P1M']);
    expect(feel('years and months duration(date("2024-02-29"), date("2026-02-28"))')).toBe('P1Y11M');
  });

  it('compares moments across zones, but nothing local with something zoned', () => {
    expect(feel('@"2026-06-01T12:00:00+02:00" = @"2026-06-01T12:00:00@Europe/Berlin"')).toBe(true);
    expect(feel('@"2026-06-01T12:00:00" < @"2026-06-01T12:00:00Z"')).toBeNull();
    expect(feel('date("2026-01-01") < date("2026-01-02")')).toBe(true);
  });

  it('has the properties that FEEL names', () => {
    expect(feel('{d: date("2026-03-04"), r: [d.year, d.month, d.day, d.weekday]}.r')).toEqual([2026, 3, 4, 3]);
    expect(feel('[@"10:20:30@Europe/Paris".timezone, @"10:20:30+02:00".time offset, @"P1DT2H3M4S".minutes, @"P14M".years]')).toEqual(['Europe/Paris', 'PT2H', 3, 1]);
    expect(feel('[week of year(date("2005-01-01")), day of week(date("2026-03-04")), day of year(date("2024-12-31")), last day of month(date("2024-02-01"))]')).toEqual([53, 'Wednesday', 366, '2024-02-29']);
  });

  it('refuses dates that do not exist and texts that are none', () => {
    expect(feel('[date("2025-02-29"), date("2025-13-01"), time("24:00:00"), date and time("2025-02-29T00:00:00"), duration("P1M1D"), duration("P"), @"nonsense"]'))
      .toEqual([null, null, null, null, null, null, null]);
  });

  it('becomes JSON as Zeebe writes it', () => {
    expect(feel('[@"2026-01-02", @"10:20:00", @"10:20:30.5", @"10:20:30+01:00", @"2026-01-02T03:04:05", @"2026-01-02T03:04:05Z", @"P0D", @"PT90M", @"P14M"]')).toEqual([
      '2026-01-02', '10:20', '10:20:30.500', '10:20:30+01:00', '2026-01-02T03:04:05', '2026-01-02T03:04:05Z', 'P0D', 'PT1H30M', 'P1Y2M',
    ]);
  });

  it('has no JSON for ranges and functions', () => {
    expect(feel('[[1..2], function(a) a]')).toEqual([null, null]);
  });
});
