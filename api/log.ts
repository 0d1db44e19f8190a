/** The log that the product writes to: pino, fields first, then the sentence. Never an input field of a case. */
import { pino, type Logger } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

/** JSON lines on standard error: standard output is for the people who start the product. */
export function createLog(level: string): Logger {
  return pino({ level, base: null, serializers: { error: pino.stdSerializers.err }, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }));
}
