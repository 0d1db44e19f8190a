// Tells SQLite's errors apart.

/** `code`: a primary result code, https://sqlite.org/rescode.html; extended ones have it in their lowest byte. */
export const hasResultCode = (error: Error, code: number): boolean => 'errcode' in error && typeof error.errcode === 'number' && (error.errcode & 0xff) === code;
