// Where moments lie on a release's timeline: in order, apart, and to scale where there is room.
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { layOutTimeline, spreadMarks, wordsThatFit } from '../../ui/src/shared/charts/timeline-layout.ts';

const day = 86_400_000;

test('with room for all, the axis is straight', () => {
  const { x, toScale } = layOutTimeline([0, 10 * day, 30 * day], [0, 300], 50);
  expect([x(0), x(10 * day), x(20 * day), x(30 * day)]).toEqual([0, 100, 200, 300]);
  expect(toScale).toBe(true);
});

test('a promotion of five minutes before ninety days live is widened, and the axis says that it is not to scale', () => {
  const minutes = [0, 60_000, 180_000, 300_000];
  const { x, toScale } = layOutTimeline([...minutes, 90 * day], [0, 1000], 60);
  expect(minutes.map(x)).toEqual([0, 60, 120, 180]);
  expect(x(90 * day)).toBe(1000);
  expect(toScale).toBe(false);
});

test('where not even the minimum fits, all stretches are alike', () => {
  const { x } = layOutTimeline([0, 1, 100, 5000], [0, 90], 60);
  expect([x(0), x(1), x(100), x(5000)]).toEqual([0, 30, 60, 90]);
});

test('moments before and after lie on the ends; one moment alone is at the start', () => {
  const { x } = layOutTimeline([100, 200], [10, 110], 5);
  expect([x(0), x(999)]).toEqual([10, 110]);
  expect(layOutTimeline([5], [10, 110], 5).x(5)).toBe(10);
});

test('later is never further left, and every stretch has its minimum where there is room', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 1e12 }), { minLength: 2, maxLength: 12 }), (moments) => {
      const ordered = moments.toSorted((a, b) => a - b);
      const { x } = layOutTimeline(moments, [0, 1200], 50);
      const places = ordered.map(x);
      expect(places.at(-1)).toBeCloseTo(1200, 3);
      for (const [index, place] of places.entries()) if (index > 0) expect(place - (places[index - 1] ?? 0)).toBeGreaterThan(49.999);
    }),
  );
});

test('marks are spread apart in their order and stay inside', () => {
  expect(spreadMarks([10, 11, 12, 200], 25, [0, 300])).toEqual([10, 35, 60, 200]);
  expect(spreadMarks([290, 295, 300], 25, [0, 300])).toEqual([250, 275, 300]);
});

test('words are left out where the one before is still there, or the picture ends', () => {
  expect(wordsThatFit([0, 30, 60, 190], [50, 50, 50, 50], 220)).toEqual([true, false, false, false]);
  expect(wordsThatFit([0, 62, 130], [50, 50, 50], 220)).toEqual([true, true, true]);
});
