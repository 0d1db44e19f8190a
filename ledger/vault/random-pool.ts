/** Random bytes drawn from the system many at a time: asking for a few costs more than the bytes. */
import { randomFillSync } from 'node:crypto';

const pool = Buffer.alloc(4096);
let used = pool.length;

/** For nonces, which are stored as they are; keys are drawn each for itself. At most 4,096, none given twice. */
export function randomNonce(length: number): Buffer {
  if (used + length > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += length;
  return Buffer.from(pool.subarray(used - length, used));
}
