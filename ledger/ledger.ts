/** The open ledger: what every statement of this folder takes as its first argument. */

export type Clock = { now(): number };

/** Made by `openLedger`. Only the statements of `ledger/` look inside; others pass it on and call `close`. */
export type Ledger = {
  readonly clock: Clock;
  close(): Promise<void>;
};
