// The risk–coverage curve: paths, the point at a share, and the rows of its table.
import { expect, test } from 'vitest';
import { bandPath, linePath, pointAt, tenths, type CurvePoint } from '../../ui/src/shared/charts/curve-points.ts';
import { linearScale, shareTicks } from '../../ui/src/shared/charts/scale.ts';

const point = (coverage: number, risk: number): CurvePoint => ({ threshold: 1 - coverage, coverage, m: coverage * 100, k: coverage * 100 * risk, risk, low: risk / 2, high: risk * 2 });
const points = [point(0.5, 0.2), point(0.05, 0), point(1, 0.3), point(0.25, 0.1)];
const x = linearScale([0, 1], [0, 100]);
const y = linearScale([0, 1], [100, 0]);

test('the line runs from the smallest share to the largest, whatever the order of the points', () => {
  expect(linePath(points, x, y)).toBe('M5,100L25,90L50,80L100,70');
});

test('the band runs along its upper side and back along its lower one', () => {
  expect(bandPath([point(0.5, 0.2), point(1, 0.3)], x, y)).toBe('M50,60L100,40L100,85L50,90Z');
  expect(bandPath([], x, y)).toBe('');
});

test('the point at a share is the largest that is not above it', () => {
  expect(pointAt(points, 0.6)?.coverage).toBe(0.5);
  expect(pointAt(points, 0.5)?.coverage).toBe(0.5);
  expect(pointAt(points, 0.01)?.coverage).toBe(0.05);
  expect(pointAt([], 0.5)).toBeUndefined();
});

test('a table has a row a tenth, each point once, and the last point', () => {
  expect(tenths(points).map(({ coverage }) => coverage)).toEqual([0.05, 0.25, 0.5, 1]);
});

test('ticks are round and reach the largest value', () => {
  expect(shareTicks(0.31)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
  expect(shareTicks(0.3)).toEqual([0, 0.1, 0.2, 0.3]);
  expect(shareTicks(0.035)).toEqual([0, 0.01, 0.02, 0.03, 0.04]);
  expect(shareTicks(1)).toEqual([0, 0.25, 0.5, 0.75, 1]);
});
