// Retention: what has ended long enough ago is taken out of the store, a little at a time.
import type { Key } from '../keys.ts';

/** Where a look through what has ended stands: after this one. */
export type HistoryCursor = { readonly endDate: number; readonly key: Key };

/** Takes out a few of those that ended at or before an instant; the background work asks again until nothing is left. */
export type PurgeHistory = {
  readonly type: 'history.purge';
  readonly endedBefore: number;
  /** Process instances that no other one called, so many at most; what they called goes with them. */
  readonly most: number;
  readonly after: HistoryCursor | null;
};

export type PurgeAnswer = {
  /** Process instances, called ones too. */
  readonly processInstances: number;
  /** Where to go on; null when all was looked at. */
  readonly next: HistoryCursor | null;
};

export type HistoryEvent =
  /** Whole trees: everything of these process instances is gone. */
  | { readonly type: 'process-instances.purged'; readonly keys: readonly Key[] }
  /** Decisions that were evaluated for themselves, outside any process. */
  | { readonly type: 'decision-instances.purged'; readonly keys: readonly Key[] }
  /** Items of an ended batch operation, those with the lowest keys first; `isWhole`: these were the last, and it is gone, too. */
  | { readonly type: 'batch-operation.purged'; readonly key: Key; readonly upToItemKey: Key; readonly isWhole: boolean };
