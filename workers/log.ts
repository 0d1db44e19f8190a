// The log that workers write to: the part of pino they need.

/** Fields first, then the sentence. Never give it an input field of a case. */
export type Log = {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};

/** The same log with these fields in every entry. */
export function logWith(log: Log, always: Record<string, unknown>): Log {
  return {
    info: (fields, message) => { log.info({ ...always, ...fields }, message); },
    warn: (fields, message) => { log.warn({ ...always, ...fields }, message); },
    error: (fields, message) => { log.error({ ...always, ...fields }, message); },
  };
}

/** Writes nothing; for tests and for callers without a log. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
