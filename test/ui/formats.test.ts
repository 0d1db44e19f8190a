// Numbers, dates and spans in both languages.
import { expect, test } from 'vitest';
import { createFormats } from '../../ui/src/shared/text/formats.ts';

const de = createFormats('de', 'Europe/Berlin');
const en = createFormats('en', 'Europe/Berlin');
const now = Date.parse('2026-11-23T09:41:00.000Z'); // 10:41 in Berlin
const minute = 60_000;
const hour = 60 * minute;
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

test('writes numbers and shares as each language does', () => {
  expect([de.number(4526), en.number(4526)]).toEqual(['4.526', '4,526']);
  expect([plain(de.percent(0.122)), plain(en.percent(0.122))]).toEqual(['12,2 %', '12.2 %']);
  expect(plain(en.percent(0.5, 0))).toBe('50 %');
});

test('signs points with a true minus, and says when nothing moved', () => {
  expect([en.signedPoints(0.187), en.signedPoints(-0.1), en.signedPoints(0.0001)]).toEqual(['+18.7', '−10.0', '±0.0']);
  expect(de.signedPoints(-0.028)).toBe('−2,8');
});

test('writes dates in the order of the language', () => {
  expect([de.date(now), en.date(now)]).toEqual(['23. Nov. 2026', '23 Nov 2026']);
});

test('names today, tomorrow and yesterday by the calendar of the person, not by 24 hours', () => {
  expect(de.moment(now + 14 * hour, now)).toBe('morgen 00:41');
  expect(en.moment(now - 11 * hour, now)).toBe('yesterday 23:41');
  expect(en.moment(now, now)).toBe('today 10:41');
  expect(en.moment(now + 72 * hour, now)).toBe('Thu 26 Nov');
});

test('gives a span by its two largest units', () => {
  expect([de.span(2 * hour + 10 * minute), en.span(2 * hour + 10 * minute)]).toEqual(['2 Std. 10 Min.', '2 h 10 min']);
  expect([en.span(98_000), en.span(38_000), en.span(3 * 24 * hour)]).toEqual(['1 min 38 s', '38 s', '3 days']);
});

test('tells overdue, soon and later apart', () => {
  expect(en.due(now - 2 * hour - 6 * minute, now)).toMatchObject({ urgency: 'overdue', text: '2 h overdue' });
  expect(de.due(now + 79 * minute, now)).toMatchObject({ urgency: 'soon', text: 'in 1 Std. 19 Min.' });
  expect(de.due(now + 4 * hour, now)).toMatchObject({ urgency: 'later', text: 'heute 14:41', full: '23. Nov. 2026, 14:41' });
});

test('gives ages relative under a day and absolute after it', () => {
  expect(de.age(now - 3 * hour - 5 * minute, now)).toBe('seit 3 Std. 05 Min.');
  expect(en.age(now - 20_000, now)).toBe('for under 1 min');
  expect(en.age(now - 30 * hour, now)).toBe('since yesterday 04:41');
});
