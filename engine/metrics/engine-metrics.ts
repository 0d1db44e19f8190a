// What the engine counts as it works.
import type { Key } from '../keys.ts';

export type EngineMetrics = {
  readonly commands: number;
  readonly rejections: number;
  readonly defects: number;
  readonly batches: number;
  readonly events: number;
  /** Turned away because too many waited. */
  readonly overloads: number;
  readonly waitingActivations: number;
  readonly waitingResults: number;
  /** Commands of which more follows than one batch does, and the most steps that one of them has taken so far: millions are a diagram that loops. */
  readonly unfinishedTurns: number;
  readonly longestTurnSteps: number;
  /** Light batches that the end of the process would take back now. */
  readonly heldBatches: number;
  readonly lastKey: Key;
  readonly purgedInstances: number;
  readonly purgeSlices: number;
  readonly logPasses: number;
};

/** Calls the listener after each commit that waited for the disk, with the seconds that it took; returns what takes it off again. */
export type OnCommit = (listener: (seconds: number) => void) => () => void;
