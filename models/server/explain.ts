/**
 * Signed contributions of a row's columns to one class's probability: Shapley values by permutation sampling.
 * Sources: Castro, Gómez & Tejada (2009) for sampling permutations; Mitchell et al. (JMLR 2022) for antithetic pairs.
 *
 * Each background row is turned into the explained row one column at a time, in a random order and in its reverse.
 * What the probability gains at a step belongs to that step's column. Every background row is used equally often,
 * so the steps of all walks add up to prediction − base value exactly, but for rounding.
 */
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { nameOf } from './rows.ts';
import type { ServedModel } from './served-model.ts';

export type Explanation = {
  method: 'shapley-sampling';
  class: string;
  /** Mean probability of the class over the background, and the probability for this row. */
  base_value: number;
  prediction: number;
  /** By column: `amount`, or `pixels[12]`. */
  attributions: Record<string, number>;
  /** |Σ attributions − (prediction − base_value)| stays below this. */
  tolerance: number;
  /** Walks taken. */
  samples: number;
};

export type Explainer = (row: Float32Array, classIndex: number | null, signal: AbortSignal) => Promise<Explanation>;

/** Evaluations one explanation may cost, and about how many go to the model at once: a prediction waits for no more than these. */
const evaluationBudget = 5000;
const chunkRows = 256;
const tolerance = 1e-6;

type Predict = (rows: Float32Array, signal: AbortSignal) => Promise<Float32Array>;
type Walk = { from: number; order: number[] };
/** A walk of one explanation: the columns that differ, in its order. Those that are equal on both ends move nothing and cost nothing. */
type Path = { from: number; changing: number[] };

/** Draws the walks once: the same row always gets the same explanation. */
export function createExplainer(model: ServedModel, predict: Predict): Explainer {
  const { background, classes, features, explainSeed } = model.manifest;
  const width = features.length;
  const walks = drawWalks(background.length, width, explainSeed);
  const start = Float32Array.from(background.flat());
  const backgroundRow = (index: number): Float32Array => start.subarray(index * width, (index + 1) * width);
  const pathsAtOnce = Math.max(1, Math.floor(chunkRows / width));

  return async (row, classIndex, signal) => {
    const starts = await predict(start, signal);
    const end = await predict(row, signal);
    const chosen = classIndex ?? indexOfLargest(end);
    const probability = (values: Float32Array, index: number): number => values[index * classes.length + chosen] ?? 0;

    const sums = new Float64Array(width);
    for (let at = 0; at < walks.length; at += pathsAtOnce) {
      // Who came meanwhile is read and answered first: somebody waits for a prediction, nobody for an explanation.
      await turnOfTheLoop();
      const paths = walks.slice(at, at + pathsAtOnce).map(({ from, order }): Path => ({ from, changing: order.filter((column) => row[column] !== backgroundRow(from)[column]) }));
      const rows = rowsBetween(paths, row, backgroundRow);
      const between = rows.length === 0 ? rows : await predict(rows, signal);
      let point = 0;
      for (const { from, changing } of paths) {
        let before = probability(starts, from);
        for (const [index, column] of changing.entries()) {
          const after = index === changing.length - 1 ? probability(end, 0) : probability(between, point++);
          sums[column] = (sums[column] ?? 0) + after - before;
          before = after;
        }
      }
    }
    const base = background.reduce((sum, _, index) => sum + probability(starts, index), 0) / background.length;
    return {
      method: 'shapley-sampling',
      class: classes[chosen] ?? '',
      base_value: base,
      prediction: probability(end, 0),
      attributions: Object.fromEntries(features.map((feature, column) => [nameOf(feature), (sums[column] ?? 0) / walks.length])),
      tolerance,
      samples: walks.length,
    };
  };
}

/** Flat: the rows on the way from each background row to the explained one, path by path, without both ends. */
function rowsBetween(paths: readonly Path[], row: Float32Array, backgroundRow: (index: number) => Float32Array): Float32Array {
  const count = paths.reduce((total, { changing }) => total + Math.max(0, changing.length - 1), 0);
  const rows = new Float32Array(count * row.length);
  let filled = 0;
  for (const { from, changing } of paths) {
    const current = Float32Array.from(backgroundRow(from));
    for (const column of changing.slice(0, -1)) {
      current[column] = row[column] ?? 0;
      rows.set(current, filled);
      filled += row.length;
    }
  }
  return rows;
}

/** As many antithetic pairs per background row as the budget allows, at least one. */
function drawWalks(rows: number, width: number, seed: number): Walk[] {
  const random = createRandom(seed);
  const pairs = Math.max(1, Math.floor(evaluationBudget / (2 * rows * width)));
  return Array.from({ length: rows * pairs }, (_, index) => index % rows).flatMap((from) => {
    const order = shuffle(width, random);
    return [
      { from, order },
      { from, order: [...order].reverse() },
    ];
  });
}

function shuffle(length: number, random: () => number): number[] {
  const order = Array.from({ length }, (_, index) => index);
  for (let last = length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}

/** mulberry32: small, seeded, good enough to shuffle. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function indexOfLargest(values: Float32Array): number {
  return values.reduce((best, value, index) => (value > (values[best] ?? -Infinity) ? index : best), 0);
}
