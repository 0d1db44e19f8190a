// Turns a case's input into the row of numbers that a model sees.
import type { Feature } from '../../ledger/services/definition.ts';

export type FeatureRow = { kind: 'row'; row: number[] } | { kind: 'unreadable'; fields: string[] };

/** Names the fields that are missing or of the wrong kind; never their values. */
export function buildFeatureRow(features: readonly Feature[], input: Record<string, unknown>): FeatureRow {
  const numbers = features.map((feature) => numberOf(feature, input[feature.field]));
  const unreadable = features.filter((_, index) => numbers[index] === null).map((feature) => feature.field);
  if (unreadable.length > 0) return { kind: 'unreadable', fields: [...new Set(unreadable)] };
  return { kind: 'row', row: numbers.filter((value) => value !== null) };
}

function numberOf(feature: Feature, value: unknown): number | null {
  if (feature.categories !== undefined) {
    const index = typeof value === 'string' ? feature.categories.indexOf(value) : -1;
    return index < 0 ? null : index;
  }
  const found: unknown = feature.element === undefined ? value : Array.isArray(value) ? value[feature.element] : undefined;
  if (typeof found === 'boolean') return found ? 1 : 0;
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
}
