/** Signed heads: Ed25519 over the canonical JSON of sequence number, hash and time. */
import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import type { SignedHead } from './record.ts';
import { parseJson } from '../parse-json.ts';

const Head = z.strictObject({ seq: z.int().positive(), hash: z.string(), at: z.number(), publicKey: z.string(), signature: z.string() });

export function signHead(signingKey: KeyObject, head: { seq: number; hash: string; at: number }): SignedHead {
  const signature = sign(null, Buffer.from(canonicalJson(head)), signingKey).toString('base64');
  return { ...head, publicKey: publicKeyOf(signingKey), signature };
}

export function publicKeyOf(signingKey: KeyObject): string {
  return createPublicKey(signingKey).export({ format: 'der', type: 'spki' }).toString('base64');
}

export function isSignedBy(head: SignedHead, publicKey: string): boolean {
  if (head.publicKey !== publicKey) return false;
  const { seq, hash, at } = head;
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(canonicalJson({ seq, hash, at })), key, Buffer.from(head.signature, 'base64'));
}

/** One head per line. A last line without its end is a write that a crash cut off: it is left out. */
export function parseHeads(text: string): { heads: SignedHead[] } | { badLine: number } {
  const lines = text.split('\n').slice(0, -1);
  const heads: SignedHead[] = [];
  for (const [index, line] of lines.entries()) {
    const head = Head.safeParse(parseJson(line));
    if (!head.success) return { badLine: index + 1 };
    heads.push(head.data);
  }
  return { heads };
}
