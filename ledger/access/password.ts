/** Password hashes: scrypt with the cost beside the hash, compared in constant time. */
import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** 32 MiB and about a tenth of a second per guess (OWASP's scrypt figures). */
const cost = { N: 2 ** 15, r: 8, p: 3 };
const hashLength = 32;

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), hash.toString('base64')].join('$');
}

/** A stored hash that no password has: comparing with it takes as long as with a real one, and making it takes no time. */
export function hashOfNobody(): string {
  return ['scrypt', cost.N, cost.r, cost.p, randomBytes(16).toString('base64'), randomBytes(hashLength).toString('base64')].join('$');
}

export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [method, N, r, p, salt, hash] = stored.split('$');
  if (method !== 'scrypt' || salt === undefined || hash === undefined) throw new Error('A stored password hash is not of the form scrypt$N$r$p$salt$hash.');
  const expected = Buffer.from(hash, 'base64');
  const actual = await derive(password, Buffer.from(salt, 'base64'), { N: Number(N), r: Number(r), p: Number(p) });
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

function derive(password: string, salt: Buffer, { N, r, p }: typeof cost): Promise<Buffer> {
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  // The same person types the same letters in different code points on different machines.
  const text = password.normalize('NFKC');
  return new Promise((resolve, reject) => {
    scrypt(text, salt, hashLength, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
