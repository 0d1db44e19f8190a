// The bars of an explanation: weight, remainder, scale.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankContributions, type Contribution } from '../../ui/src/features/review/rank-contributions.ts';

const room = { negative: 60, positive: 96 };
const of = (...shares: number[]): Contribution[] => shares.map((share, index) => ({ field: `f${index}`, label: '', value: '', share }));

test('orders by weight whatever the sign and sums the small ones', () => {
  const { rows, rest } = rankContributions(of(0.01, -0.2, 0.1, 0.02, -0.005), 2, room);
  expect(rows.map(({ share }) => share)).toEqual([-0.2, 0.1]);
  expect(rest?.count).toBe(3);
  expect(rest?.share).toBeCloseTo(0.025);
});

test('never hides a single one behind "1 more"', () => {
  const { rows, rest } = rankContributions(of(0.3, 0.2, 0.1), 2, room);
  expect(rows).toHaveLength(3);
  expect(rest).toBeUndefined();
});

test('keeps the sum and fits the longest bar on each side', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 40 }), fc.integer({ min: 1, max: 12 }), (shares, shown) => {
      const { rows, rest, scale } = rankContributions(of(...shares), shown, room);
      const total = rows.reduce((sum, row) => sum + row.share, 0) + (rest?.share ?? 0);
      expect(total).toBeCloseTo(shares.reduce((sum, share) => sum + share, 0));
      for (const share of [...rows.map((row) => row.share), rest?.share ?? 0]) {
        expect(share * scale).toBeLessThanOrEqual(room.positive + 1e-6);
        expect(-share * scale).toBeLessThanOrEqual(room.negative + 1e-6);
      }
    }),
  );
});
