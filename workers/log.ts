// The log that workers write to: the part of pino they need.

/** Fields first, then the sentence. Never give it an input field of a case. */
export type Log = {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};

/** Writes nothing; for tests and for callers without a log. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
