// Where in a DMN file the compiler is, for its sentences.

/** What every part of a decision's compilation knows. */
export type Source = {
  /** `decision 'route'`, and where inside it. */
  readonly owner: string;
  /** Names with spaces or operators that its expressions may use. */
  readonly names: readonly string[];
};

/** Thrown for what cannot be deployed; `parseDrg` turns it into its answer. */
export class NotDeployable extends Error {}
