// The statistics of trust: pure functions, no clock, no file, no randomness of their own.
export { binomialCdf, binomialMass, binomialQuantile, binomialTail } from './binomial.ts';
export { lowerBound, rateInterval, upperBound, type Interval } from './binomial-interval.ts';
export { verdictsNeeded, verdictsNeededAtRate } from './verdicts-needed.ts';
export {
  certifyThreshold,
  scoreQuantiles,
  type Certification,
  type CertifyOptions,
  type Need,
  type TestedThreshold,
} from './certify-threshold.ts';
export { curveAreas, riskCoverageCurve, type CurveAreas, type CurvePoint } from './risk-coverage.ts';
export { brierScore, expectedCalibrationError, reliabilityBins, type ReliabilityBin } from './calibration.ts';
export { chowThreshold, policyCost, type CostCase, type ErrorCost, type PolicyCost } from './policy-cost.ts';
