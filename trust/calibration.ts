/**
 * Do confidences mean what they say? For reading a score; it changes no threshold and no certificate
 * (a monotone recalibration leaves the risk–coverage curve as it is: arXiv 2510.20242).
 */

export type ReliabilityBin = {
  from: number;
  to: number;
  count: number;
  meanConfidence: number;
  accuracy: number;
};

/** Equal-width bins over [0, 1] that hold cases; the last bin includes 1. */
export function reliabilityBins(confidences: readonly number[], correct: readonly boolean[], bins = 10): ReliabilityBin[] {
  requireSameLength(confidences, correct);
  const sums = Array.from({ length: bins }, () => ({ count: 0, confidence: 0, correct: 0 }));
  confidences.forEach((confidence, index) => {
    const bin = sums[Math.min(bins - 1, Math.floor(confidence * bins))];
    if (bin === undefined) throw new RangeError(`a confidence must lie between 0 and 1, found ${confidence}`);
    bin.count += 1;
    bin.confidence += confidence;
    if (correct[index] === true) bin.correct += 1;
  });
  return sums.flatMap((bin, index) =>
    bin.count === 0
      ? []
      : [{ from: index / bins, to: (index + 1) / bins, count: bin.count, meanConfidence: bin.confidence / bin.count, accuracy: bin.correct / bin.count }],
  );
}

/** ECE = Σ_b (n_b / n)·|accuracy_b − confidence_b| (Naeini et al. 2015). */
export function expectedCalibrationError(confidences: readonly number[], correct: readonly boolean[], bins = 10): number {
  return reliabilityBins(confidences, correct, bins).reduce(
    (sum, bin) => sum + (bin.count / confidences.length) * Math.abs(bin.accuracy - bin.meanConfidence),
    0,
  );
}

/** Brier score (1950) of one class: (1/n) Σ (p_i − y_i)². */
export function brierScore(probabilities: readonly number[], happened: readonly boolean[]): number {
  requireSameLength(probabilities, happened);
  const sum = probabilities.reduce((total, p, index) => total + (p - (happened[index] === true ? 1 : 0)) ** 2, 0);
  return sum / probabilities.length;
}

function requireSameLength(a: readonly unknown[], b: readonly unknown[]): void {
  if (a.length !== b.length || a.length === 0)
    throw new RangeError(`expected two lists of one length, not empty; found ${a.length} and ${b.length}`);
}
