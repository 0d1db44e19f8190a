// The alarm "error > α": never more than δ false alarms however often it is looked at, and fast also after good audits.
import { describe, expect, it } from 'vitest';
import { binomialQuantile, binomialTail, sequentialAlarm } from '../../trust/index.ts';
import { createRandom } from '../harness/random.ts';

const alpha = 0.05;
const delta = 0.05;
const runs = 300;

const draw = (size: number, rate: (index: number) => number, random: () => number): boolean[] => Array.from({ length: size }, (_, index) => random() < rate(index));
const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Infinity;

describe('the sequential alarm', () => {
  it('is raised in at most δ of all releases whose error is at the limit, looked at after each of 2,000 audits', () => {
    const random = createRandom(21);
    const raised = Array.from({ length: runs }, () => sequentialAlarm({ errors: draw(2000, () => alpha, random), alpha, delta })).filter(({ raised: yes }) => yes).length;
    expect(raised).toBeLessThanOrEqual(binomialQuantile(0.999, runs, delta));
  });

  it('keeps what a repeated binomial test breaks', () => {
    const random = createRandom(22);
    const repeated = Array.from({ length: 100 }, () => {
      let wrong = 0;
      return draw(1000, () => alpha, random).some((error, index) => {
        if (error) wrong += 1;
        return binomialTail(wrong, index + 1, alpha) <= delta;
      });
    });
    expect(repeated.filter(Boolean).length).toBeGreaterThan(binomialQuantile(0.999, 100, delta));
  });

  it.each([
    [0.1, 0.99, 320],
    [0.15, 1, 120],
  ])('finds an error of %f in nearly every release, soon', (rate, share, within) => {
    const random = createRandom(23);
    const alarms = Array.from({ length: 100 }, () => sequentialAlarm({ errors: draw(2000, () => rate, random), alpha, delta }));
    expect(alarms.filter(({ raised }) => raised).length).toBeGreaterThanOrEqual(share * 100);
    expect(median(alarms.map(({ raisedAfter }) => raisedAfter ?? Infinity))).toBeLessThan(within);
  });

  it('stays fast after 500 good audits, where one martingale from the beginning has lost its speed', () => {
    const delays = (starts: number, seed: number): number => {
      const random = createRandom(seed);
      return median(
        Array.from({ length: 100 }, () => {
          const errors = draw(2500, (index) => (index < 500 ? 0.03 : 0.1), random);
          return (sequentialAlarm({ errors, alpha, delta, starts }).raisedAfter ?? Infinity) - 500;
        }),
      );
    };
    const mixture = delays(20, 24);
    expect(mixture).toBeLessThan(400);
    expect(delays(1, 24)).toBeGreaterThan(1.5 * mixture);
  });

  it('names the stretch in which the error rose', () => {
    const random = createRandom(25);
    const { raised, since } = sequentialAlarm({ errors: draw(1500, (index) => (index < 800 ? 0.01 : 0.2), random), alpha, delta });
    expect(raised).toBe(true);
    expect(since).toBeGreaterThanOrEqual(700);
  });

  it('remembers that it was raised, whatever comes later', () => {
    const errors = [...Array.from({ length: 60 }, () => true), ...Array.from({ length: 5000 }, () => false)];
    const alarm = sequentialAlarm({ errors, alpha, delta });
    expect(alarm).toMatchObject({ raised: true, audits: 5060, wrong: 60 });
    expect(alarm.evidence).toBeLessThan(alarm.limit);
  });

  it('starts at evidence 1 and refuses rates outside 0 to 1', () => {
    expect(sequentialAlarm({ errors: [], alpha, delta })).toMatchObject({ evidence: 1, raised: false, raisedAfter: null, limit: 20 });
    expect(() => sequentialAlarm({ errors: [], alpha: 0, delta })).toThrow(RangeError);
    expect(() => sequentialAlarm({ errors: [], alpha, delta: 1 })).toThrow(RangeError);
  });
});
