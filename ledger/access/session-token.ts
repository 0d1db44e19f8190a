/** Tokens of sessions and keys: random, stored as hashes only. */
import { randomBytes } from 'node:crypto';
import { sha256 } from '../chain/digest.ts';
import { keyedHash } from '../vault/seal.ts';

export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** A token has 256 random bits, so a plain hash of it cannot be guessed back. */
export function hashOfToken(token: string): string {
  return sha256(token);
}

/** Derived from the session's token, so that it need not be stored and fits that session only. */
export function csrfTokenOf(token: string): string {
  return keyedHash(token, 'csrf');
}
