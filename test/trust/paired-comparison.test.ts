// The paired comparison: exact at every size, its promise kept over all planned looks, and "not significantly worse" never enough.
import { describe, expect, it } from 'vitest';
import { binomialCdf, binomialQuantile, comparePlanned, countPairs, differenceLowerBound, differenceUpperBound, errorDifference, lookAt, notWorsePValue, pairsNeeded, type Pair, type PairedTable } from '../../trust/index.ts';
import { createRandom } from '../harness/random.ts';

const table = (n: number, onlyChampionWrong: number, onlyCandidateWrong: number): PairedTable => ({ bothRight: n - onlyChampionWrong - onlyCandidateWrong, onlyChampionWrong, onlyCandidateWrong, bothWrong: 0 });

/** Pairs of two models with these shares of cases that one alone has wrong. */
function drawPairs(size: number, shares: { onlyChampion: number; onlyCandidate: number; both: number }, random: () => number): Pair[] {
  return Array.from({ length: size }, () => {
    const u = random();
    if (u < shares.onlyCandidate) return { championWrong: false, candidateWrong: true };
    if (u < shares.onlyCandidate + shares.onlyChampion) return { championWrong: true, candidateWrong: false };
    const bothWrong = u < shares.onlyCandidate + shares.onlyChampion + shares.both;
    return { championWrong: bothWrong, candidateWrong: bothWrong };
  });
}

describe('the exact test of "not worse by the margin"', () => {
  it('is the binomial test where no pair is discordant: the fewest cases are those that rule the margin out', () => {
    // With no discordant pair the likeliest truth on the boundary is that only the candidate errs: (1 − Δ)^n.
    expect(notWorsePValue(table(30, 0, 0), 0.1)).toBeCloseTo(0.9 ** 30 + 1e-4, 3);
    expect(notWorsePValue(table(20, 0, 0), 0.1)).toBeGreaterThan(0.1);
  });

  it.each([
    [30, 0.1, 0.02],
    [60, 0.05, 0.05],
    [100, 0.05, 0.15],
    [150, 0.02, 0.005],
  ])('keeps its level on the boundary: n = %i, margin %f, share only the champion has wrong %f', (n, margin, q) => {
    const delta = 0.05;
    let wrongly = 0;
    // Every outcome with its exact probability, the candidate being worse by exactly the margin.
    for (let c = 0; c <= n; c += 1) {
      const massC = binomialCdf(c, n, q + margin) - binomialCdf(c - 1, n, q + margin);
      if (massC < 1e-9) continue;
      const rest = n - c;
      const share = q / (1 - q - margin);
      for (let b = rest; b >= 0; b -= 1) {
        if (notWorsePValue(table(n, b, c), margin) > delta) break;
        wrongly += massC * (binomialCdf(b, rest, share) - binomialCdf(b - 1, rest, share));
      }
    }
    expect(wrongly).toBeLessThanOrEqual(delta);
    expect(wrongly).toBeGreaterThan(delta / 10);
  });

  it('has the power that the normal approximation plans with', () => {
    // 618 cases with 4 % discordant pairs, margin 2 points, 5 % and 80 % (trust reference 4.7).
    expect(pairsNeeded({ margin: 0.02, delta: 0.05, discordant: 0.04 })).toBe(619);
    const random = createRandom(3);
    const found = Array.from({ length: 300 }, () => notWorsePValue(countPairs(drawPairs(619, { onlyChampion: 0.02, onlyCandidate: 0.02, both: 0.03 }, random)), 0.02) <= 0.05);
    expect(found.filter(Boolean).length / 300).toBeGreaterThan(0.73);
  });

  it('gives bounds on both sides of the difference, that agree with the test', () => {
    const seen = table(200, 12, 9);
    const [low, high] = [differenceLowerBound(seen, 0.05), differenceUpperBound(seen, 0.05)];
    expect(errorDifference(seen)).toBeCloseTo(-0.015, 10);
    expect(low).toBeLessThan(-0.015);
    expect(high).toBeGreaterThan(-0.015);
    expect(notWorsePValue(seen, high + 2e-4)).toBeLessThanOrEqual(0.05);
    expect(notWorsePValue(seen, high - 5e-3)).toBeGreaterThan(0.05);
  });

  it('refuses a margin outside its range and an empty table', () => {
    expect(() => notWorsePValue(table(10, 1, 1), 1)).toThrow(RangeError);
    expect(() => lookAt(table(0, 0, 0), { margin: 0.05, delta: 0.05 })).toThrow(RangeError);
  });
});

describe('planned looks', () => {
  const plan = { looks: [100, 200, 400], margin: 0.05, delta: 0.1, timeUp: false };
  /** Shorter looks, so that a simulation of many shadows takes seconds. */
  const short = { looks: [40, 80, 160], margin: 0.08, delta: 0.1, timeUp: false };
  const runs = 200;

  it('says "not worse" of a candidate that is worse by the margin in at most δ of all shadows', () => {
    const random = createRandom(7);
    const shares = { onlyChampion: 0.05, onlyCandidate: 0.13, both: 0.05 };
    const wrongly = Array.from({ length: runs }, () => comparePlanned({ ...short, pairs: drawPairs(160, shares, random) })).filter(({ result }) => result === 'not-worse').length;
    expect(wrongly).toBeLessThanOrEqual(binomialQuantile(0.999, runs, plan.delta));
  });

  it('says "worse" of an equally good candidate in at most δ of all shadows', () => {
    const random = createRandom(8);
    const shares = { onlyChampion: 0.08, onlyCandidate: 0.08, both: 0.05 };
    const wrongly = Array.from({ length: runs }, () => comparePlanned({ ...short, pairs: drawPairs(160, shares, random) })).filter(({ result }) => result === 'worse').length;
    expect(wrongly).toBeLessThanOrEqual(binomialQuantile(0.999, runs, plan.delta));
  });

  it('never lets a candidate pass that is four points worse because it is not significantly so', () => {
    const random = createRandom(9);
    const shares = { onlyChampion: 0.02, onlyCandidate: 0.06, both: 0.03 };
    const tables = Array.from({ length: runs }, () => drawPairs(100, shares, random));
    // What not to do: an exact McNemar test that finds no significant harm.
    const mcNemar = tables.map(countPairs).filter(({ onlyChampionWrong: b, onlyCandidateWrong: c }) => 1 - binomialCdf(c - 1, b + c, 0.5) > 0.05).length;
    const passed = tables.map((pairs) => comparePlanned({ pairs, looks: [100], margin: 0.02, delta: 0.05, timeUp: false })).filter(({ result }) => result === 'not-worse').length;
    expect(mcNemar / runs).toBeGreaterThan(0.5);
    expect(passed / runs).toBeLessThanOrEqual(0.05);
  });

  it('passes a better candidate and refuses a much worse one, early', () => {
    const random = createRandom(10);
    const better = comparePlanned({ ...plan, pairs: drawPairs(400, { onlyChampion: 0.08, onlyCandidate: 0.01, both: 0.02 }, random) });
    expect(better).toMatchObject({ result: 'not-worse', atEnd: false, nextAt: null });
    const worse = comparePlanned({ ...plan, pairs: drawPairs(400, { onlyChampion: 0.01, onlyCandidate: 0.2, both: 0.02 }, random) });
    expect(worse).toMatchObject({ result: 'worse' });
    expect(worse.looks).toHaveLength(1);
  });

  it('looks at exactly the planned numbers of pairs, and waits between them', () => {
    const same: Pair[] = Array.from({ length: 399 }, (_, index) => (index % 4 === 0 ? { championWrong: true, candidateWrong: false } : index % 4 === 1 ? { championWrong: false, candidateWrong: true } : { championWrong: false, candidateWrong: false }));
    const at = (size: number, timeUp = false) => comparePlanned({ ...plan, pairs: same.slice(0, size), timeUp });
    expect(at(99)).toMatchObject({ result: 'undecided', atEnd: false, looks: [], nextAt: 100 });
    expect(at(399)).toMatchObject({ result: 'undecided', atEnd: false, nextAt: 400, deltaPerLook: plan.delta / 3 });
    expect(at(399).looks.map(({ pairs }) => pairs)).toEqual([100, 200]);
  });

  it('spends one of the looks that are left when time is up, and then leaves the rest to people', () => {
    const discordant: Pair[] = Array.from({ length: 150 }, (_, index) => ({ championWrong: index % 2 === 0, candidateWrong: index % 2 === 1 }));
    const ended = comparePlanned({ ...plan, pairs: discordant, timeUp: true });
    expect(ended).toMatchObject({ result: 'undecided', atEnd: true, nextAt: null });
    expect(ended.looks.map(({ pairs }) => pairs)).toEqual([100, 150]);
    expect(comparePlanned({ ...plan, pairs: [], timeUp: true })).toMatchObject({ result: 'undecided', atEnd: true, looks: [] });
  });

  it('keeps an early result whatever comes later', () => {
    const random = createRandom(11);
    const good = drawPairs(100, { onlyChampion: 0.1, onlyCandidate: 0.005, both: 0.02 }, random);
    const bad = drawPairs(300, { onlyChampion: 0, onlyCandidate: 0.5, both: 0 }, random);
    expect(comparePlanned({ ...plan, pairs: [...good, ...bad] }).result).toBe('not-worse');
  });

  it('refuses a plan without looks', () => {
    expect(() => comparePlanned({ ...plan, looks: [], pairs: [] })).toThrow(RangeError);
  });
});
