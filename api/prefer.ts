/** The preference `wait=N` of RFC 7240: how long a caller is willing to wait for a synchronous answer. */
import { waitPreference } from './contract/values.ts';

const longest = 60;

/** Seconds from 0 to 60 (more is cut to 60), null where nothing usable is said: unknown preferences are ignored. */
export function preferredWait(prefer: string | undefined): number | null {
  if (prefer === undefined) return null;
  for (const preference of prefer.split(',')) {
    const match = waitPreference.exec(preference);
    if (match !== null) return Math.min(Number(match[1]), longest);
  }
  return null;
}
