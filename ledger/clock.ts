/** The one clock of the product, as far as the ledger needs it. */
export type Clock = { now(): number };
