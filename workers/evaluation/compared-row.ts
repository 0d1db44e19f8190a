// One labelled row with what both models said of it: what measures, curves and segments are computed from.
import type { LabelledRow } from './labelled-rows.ts';
import type { ScoredRow } from './score-rows.ts';

export type ComparedRow = LabelledRow & {
  part: 'held-out' | 'certify';
  /** Null where there is no champion. */
  champion: ScoredRow | null;
  challenger: ScoredRow;
};

export type Automatic = (predicted: string) => boolean;

/** Which predicted classes may ever be decided by a model alone. */
export function automaticClasses(classes: readonly { id: string; automatic: boolean }[]): Automatic {
  const ids = new Set(classes.filter(({ automatic }) => automatic).map(({ id }) => id));
  return (predicted) => ids.has(predicted);
}
