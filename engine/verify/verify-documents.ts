// Proves the documents file: each document is as long as it was stored, and hashes to what was noted then.
import type { DatabaseSync } from 'node:sqlite';
import { digestOf } from '../digest-of.ts';

export type DocumentsVerdict = { readonly ok: true; readonly documents: number } | { readonly ok: false; readonly faults: readonly string[] };

/** One document in memory at a time. */
export function verifyDocuments(db: DatabaseSync): DocumentsVerdict {
  const faults: string[] = [];
  let documents = 0;
  for (const { id, hash, size, content } of db.prepare('SELECT id, content_hash AS hash, size, content FROM documents').iterate()) {
    documents += 1;
    const bytes = content instanceof Uint8Array ? content : new Uint8Array();
    const found = digestOf(bytes);
    if (bytes.length !== Number(size) || found !== hash) faults.push(`The document ${String(id)} is not what was stored: ${bytes.length} bytes with hash ${found} instead of ${Number(size)} with ${String(hash)}.`);
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, documents };
}
