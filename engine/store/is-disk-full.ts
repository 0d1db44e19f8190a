// Tells a full disk from defects: nothing was stored, and the same command works again when there is space.
import { hasResultCode } from './has-result-code.ts';

/** https://sqlite.org/rescode.html#full. */
const SQLITE_FULL = 13;

/** Also where it is the cause of the error. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && (hasResultCode(error, SQLITE_FULL) || isDiskFull(error.cause));
}
