/**
 * The measures of a model as functions of how often each case counts, so that a resampling costs one pass and no sort.
 * With every weight 1 they equal `curveAreas`, `expectedCalibrationError` and the plain means; a test holds this.
 */

/** How often each case counts; at least one above 0. */
export type Weights = ArrayLike<number>;
export type Measure = (weights: Weights) => number;

/** Mean of one number per case: errors as 0 and 1, costs, times. */
export function meanOf(values: readonly number[]): Measure {
  return (weights) => {
    let sum = 0;
    let total = 0;
    for (let i = 0; i < values.length; i += 1) {
      const weight = weights[i] ?? 0;
      sum += weight * (values[i] ?? 0);
      total += weight;
    }
    return sum / total;
  };
}

/** Area under the ROC curve: P(score of a positive > score of a negative), ties counting half (Hanley & McNeil 1982). NaN where one side is empty. */
export function aucOf(scores: readonly number[], positives: readonly boolean[]): Measure {
  const groups = groupsOfTies(scores);
  return (weights) => {
    let above = 0;
    let pairs = 0;
    let negatives = 0;
    for (const group of groups) {
      let positive = 0;
      let negative = 0;
      for (const index of group) {
        const weight = weights[index] ?? 0;
        if (positives[index] === true) positive += weight;
        else negative += weight;
      }
      // From the highest score down: positives met before a negative stand above it.
      pairs += negative * above + (negative * positive) / 2;
      above += positive;
      negatives += negative;
    }
    return pairs / (above * negatives);
  };
}

/** AURC as in `risk-coverage.ts`; cases of one score share their errors evenly. */
export function aurcOf(scores: readonly number[], errors: readonly boolean[]): Measure {
  const groups = groupsOfTies(scores);
  return (weights) => {
    let cases = 0;
    let wrong = 0;
    let sum = 0;
    for (const group of groups) {
      let size = 0;
      let bad = 0;
      for (const index of group) {
        const weight = weights[index] ?? 0;
        size += weight;
        if (errors[index] === true) bad += weight;
      }
      for (let rank = 1; rank <= size; rank += 1) sum += (wrong + (rank * bad) / size) / (cases + rank);
      cases += size;
      wrong += bad;
    }
    return sum / cases;
  };
}

/** ECE over equal-width bins as in `calibration.ts`. */
export function calibrationOf(confidences: readonly number[], correct: readonly boolean[], bins = 10): Measure {
  const binOf = confidences.map((confidence) => Math.min(bins - 1, Math.floor(confidence * bins)));
  return (weights) => {
    const gaps = new Float64Array(bins);
    let total = 0;
    for (let i = 0; i < binOf.length; i += 1) {
      const weight = weights[i] ?? 0;
      const bin = binOf[i] ?? 0;
      gaps[bin] = (gaps[bin] ?? 0) + weight * ((correct[i] === true ? 1 : 0) - (confidences[i] ?? 0));
      total += weight;
    }
    return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / total;
  };
}

/** The value below which 95 % (or another share) of the cases lie: the smallest that is not exceeded by more. */
export function quantileOf(values: readonly number[], share: number): Measure {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  return (weights) => {
    let total = 0;
    for (let i = 0; i < values.length; i += 1) total += weights[i] ?? 0;
    let seen = 0;
    for (const { value, index } of order) {
      seen += weights[index] ?? 0;
      if (seen >= share * total) return value;
    }
    return order.at(-1)?.value ?? Number.NaN;
  };
}

/** Indices by score, highest first, equal scores together. */
function groupsOfTies(scores: readonly number[]): number[][] {
  const order = scores.map((score, index) => ({ score, index })).sort((a, b) => b.score - a.score);
  const groups: number[][] = [];
  let last: number | undefined;
  for (const { score, index } of order) {
    if (score === last) groups.at(-1)?.push(index);
    else groups.push([index]);
    last = score;
  }
  return groups;
}
