/**
 * Signed contributions of a row's columns to one class's probability: Shapley values by permutation sampling.
 * Sources: Castro, Gómez & Tejada (2009) for sampling permutations; Mitchell et al. (JMLR 2022) for antithetic pairs.
 *
 * Each background row is turned into the explained row one column at a time, in a random order and in its reverse.
 * What the probability gains at a step belongs to that step's column. Every background row is used equally often,
 * so the steps of all walks add up to prediction − base value exactly, but for rounding.
 */
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

/** Evaluations one explanation may cost, and how many go to the model at once so that predictions can slip between. */
const evaluationBudget = 5000;
const chunkRows = 1024;
const tolerance = 1e-6;

type Predict = (rows: Float32Array, signal: AbortSignal) => Promise<Float32Array>;
type Walk = { from: number; order: number[] };
type Step = { column: number; from: number; to: number };

/** Draws the walks once: the same row always gets the same explanation. */
export function createExplainer(model: ServedModel, predict: Predict): Explainer {
  const { background, classes, features, explainSeed } = model.manifest;
  const width = features.length;
  const walks = drawWalks(background.length, width, explainSeed);
  const start = Float32Array.from(background.flat());

  return async (row, classIndex, signal) => {
    const starts = await predict(start, signal);
    const end = await predict(row, signal);
    const chosen = classIndex ?? indexOfLargest(end);
    const probability = (values: Float32Array, index: number): number => values[index * classes.length + chosen] ?? 0;

    const points = new PointList(width);
    const steps = walks.flatMap((walk) => walkTo(row, start.subarray(walk.from * width, (walk.from + 1) * width), walk, points));
    const between = await predictInChunks(points, predict, signal);
    // A point is numbered: 0 the explained row, −1 − b background row b, 1 + i the i-th row in between.
    const valueAt = (point: number): number => {
      if (point === 0) return probability(end, 0);
      return point < 0 ? probability(starts, -1 - point) : probability(between, point - 1);
    };

    const sums = new Float64Array(width);
    for (const { column, from, to } of steps) sums[column] = (sums[column] ?? 0) + valueAt(to) - valueAt(from);
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

/** Rows to evaluate, kept flat. */
class PointList {
  readonly rows: number[] = [];
  readonly width: number;

  constructor(width: number) {
    this.width = width;
  }

  add(row: Float32Array): number {
    this.rows.push(...row);
    return this.rows.length / this.width;
  }
}

/** The steps of one walk; columns that are equal on both ends move nothing and cost nothing. */
function walkTo(row: Float32Array, start: Float32Array, walk: Walk, points: PointList): Step[] {
  const current = Float32Array.from(start);
  const changing = walk.order.filter((column) => row[column] !== start[column]);
  let from = -1 - walk.from;
  return changing.map((column, index) => {
    current[column] = row[column] ?? 0;
    const to = index === changing.length - 1 ? 0 : points.add(current);
    const step = { column, from, to };
    from = to;
    return step;
  });
}

async function predictInChunks(points: PointList, predict: Predict, signal: AbortSignal): Promise<Float32Array> {
  const all = Float32Array.from(points.rows);
  const size = chunkRows * points.width;
  const answers: Float32Array[] = [];
  for (let at = 0; at < all.length; at += size) answers.push(await predict(all.slice(at, at + size), signal));
  return joinArrays(answers);
}

function joinArrays(parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
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
