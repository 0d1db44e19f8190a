/** One engine of the comparison. */
import type { Timing } from '../measure.ts';

export type Contestant = {
  readonly name: string;
  /** How a commit of it reaches the disk. */
  readonly durability: string;
  open(folder: string): Promise<OpenContestant>;
};

export type OpenContestant = {
  /** So many instances, `atOnce` of them at a time, each timed from its start to its committed end. */
  run(count: number, atOnce: number): Promise<Timing>;
  /** So many instances before anything counts; a peer finds here how many threads serve it best. Returns what it chose, as words. */
  warmUp(count: number, short: boolean): Promise<string>;
  /** CPU time that it and its callers have used so far. */
  cpuMs(): number;
  close(): Promise<void>;
};
