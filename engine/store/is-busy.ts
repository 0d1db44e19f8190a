// Tells a database that another process has locked from defects.
import { hasResultCode } from './has-result-code.ts';

/** https://sqlite.org/rescode.html#busy. */
const SQLITE_BUSY = 5;

export const isBusy = (error: unknown): boolean => error instanceof Error && hasResultCode(error, SQLITE_BUSY);
