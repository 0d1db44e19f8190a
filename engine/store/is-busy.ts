// Tells a database that another process has locked from defects.

/** SQLite's primary result code, https://sqlite.org/rescode.html#busy. */
const SQLITE_BUSY = 5;

export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && (error.errcode & 0xff) === SQLITE_BUSY;
}
