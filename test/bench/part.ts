/** What the bench's parts have in common: each runs alone, prints its own tables and hands back its figures. */

export type BenchSetting = {
  /** Fewer and smaller runs, for CI: shows that it works, not how fast. */
  readonly short: boolean;
  /** An empty folder of the part's own; removed afterwards. */
  readonly folder: string;
  /** Of the decisions: so long at each of the rates below, instead of the short measurements. */
  readonly minutes: number | undefined;
  /** Cases a second. */
  readonly perSecond: readonly number[];
};

export type PartResult = {
  /** Goes to `bench-results.json` under the part's name. */
  readonly figures: unknown;
  /** Markdown by the name of its place in `docs/performance.md`, put there by `--write`. */
  readonly sections?: Readonly<Record<string, string>>;
  /** SVG by its path under `docs/`, put there by `--write`. */
  readonly pictures?: Readonly<Record<string, string>>;
};

/** Throws where something could not be run; a figure that misses its target is no reason to. */
export type BenchPart = (setting: BenchSetting) => Promise<PartResult>;
