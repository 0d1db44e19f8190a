/** SHA-256 of text, and of anything as canonical JSON, in hex. */
import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function digestOf(value: unknown): string {
  return sha256(canonicalJson(value));
}
