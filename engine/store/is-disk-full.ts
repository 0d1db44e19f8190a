// Tells a full disk from defects: nothing was stored, and the same command works again when there is space.

/** SQLite's primary result code, https://sqlite.org/rescode.html#full. */
const SQLITE_FULL = 13;

/** Also where it is the cause of the error. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('errcode' in error && typeof error.errcode === 'number' && (error.errcode & 0xff) === SQLITE_FULL) return true;
  return isDiskFull(error.cause);
}
