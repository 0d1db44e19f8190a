// What a classifier said, checked: known classes, finite probabilities that add up, a label that fits them.
import { ServingError } from './serving-error.ts';

export type ClassPrediction = { class: string; confidence: number; probabilities: Record<string, number> };

/** `label`: what the server named, if it did. `probabilities`: by class, or in the order of `classes`. */
export type RawPrediction = { label: string | null; probabilities: Record<string, number> | readonly number[] };

const sumTolerance = 1e-3;
const probabilityTolerance = 1e-6;

/** Throws `ServingError` of kind `error` for nonsense: such a case goes to people. */
export function checkPrediction(raw: RawPrediction, classes: readonly string[]): ClassPrediction {
  const probabilities = byClass(raw.probabilities, classes);
  const values = Object.values(probabilities);
  if (values.some((p) => !Number.isFinite(p) || p < -probabilityTolerance || p > 1 + probabilityTolerance)) throw nonsense('a probability outside 0 to 1');
  if (Math.abs(values.reduce((sum, p) => sum + p, 0) - 1) > sumTolerance) throw nonsense('probabilities that do not add up to 1');
  const [best, confidence] = highest(probabilities);
  if (raw.label !== null && raw.label !== best) {
    const named = probabilities[raw.label];
    if (named === undefined) throw nonsense('a class that the service does not have');
    if (confidence - named > probabilityTolerance) throw nonsense('a label that its own probabilities contradict');
    return { class: raw.label, confidence: clamp(named), probabilities };
  }
  return { class: best, confidence: clamp(confidence), probabilities };
}

function byClass(given: RawPrediction['probabilities'], classes: readonly string[]): Record<string, number> {
  const entries = isList(given) ? classes.map((id, index): [string, number] => [id, given[index] ?? Number.NaN]) : Object.entries(given);
  const count = isList(given) ? given.length : entries.length;
  if (count !== classes.length) throw nonsense(`${count} probabilities for ${classes.length} classes`);
  if (entries.some(([id]) => !classes.includes(id))) throw nonsense('a class that the service does not have');
  return Object.fromEntries(entries);
}

function isList(given: RawPrediction['probabilities']): given is readonly number[] {
  return Array.isArray(given);
}

function highest(probabilities: Record<string, number>): [string, number] {
  const first: [string, number] = ['', Number.NEGATIVE_INFINITY];
  return Object.entries(probabilities).reduce((best, entry) => (entry[1] > best[1] ? entry : best), first);
}

function clamp(probability: number): number {
  return Math.min(1, Math.max(0, probability));
}

function nonsense(what: string): ServingError {
  return new ServingError('error', `The model answered ${what}`);
}
