/** After a kill the first to open a file brings its write-ahead log back alone, and that may be a reader of a moment: "verify", a backup. Whoever opens it meanwhile waits so long. */
export const OPENING_TIMEOUT_MS = 5_000;
