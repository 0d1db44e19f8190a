// Reads the HTTP status out of an error of the SDK.
import { z } from 'zod';

const WithStatus = z.object({ status: z.number() });

/** Null where the engine did not answer at all. */
export function engineStatus(error: unknown): number | null {
  const parsed = WithStatus.safeParse(error);
  return parsed.success ? parsed.data.status : null;
}
