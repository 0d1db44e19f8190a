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
export { countPairs, errorDifference, sizeOf, type Pair, type PairedTable } from './paired-table.ts';
export { differenceLowerBound, differenceUpperBound, notWorsePValue } from './paired-test.ts';
export { comparePlanned, lookAt, pairsNeeded, type ComparisonOptions, type LookResult, type PlannedComparison, type Verdict } from './planned-comparison.ts';
export { pairedBootstrap, pairedBootstrapInSteps, type BootstrapOptions, type DifferenceInterval } from './paired-bootstrap.ts';
export { aucOf, aurcOf, calibrationOf, meanOf, quantileOf, type Measure, type Weights } from './weighted-measures.ts';
export { sequentialAlarm, type Alarm, type AlarmOptions } from './sequential-alarm.ts';
export { findDrift, stabilityIndex, type DriftColumn, type DriftHint } from './drift.ts';
export { chiSquaredTest, holmAdjusted, kolmogorovSmirnovTest, type TestResult } from './two-sample-tests.ts';
export { agreementBelowExperts, agreementOf, type Agreement, type AgreementNotice, type AnswerPair } from './agreement.ts';
