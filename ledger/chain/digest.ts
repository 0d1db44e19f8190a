/** SHA-256 of text, and of anything as canonical JSON, in hex. */
import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

export function digestOf(value: unknown): string {
  return sha256(canonicalJson(value));
}
