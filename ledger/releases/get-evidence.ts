/** Reads one evidence document by its digest. */
import type { Ledger } from '../ledger.ts';
import { EvidenceDocument } from './evidence-document.ts';

/** Null where no release has such a document. `text`: the canonical JSON whose SHA-256 is the digest. */
export async function getEvidence(ledger: Ledger, digest: string): Promise<(EvidenceDocument & { text: string }) | null> {
  const row = await ledger.db.selectFrom('release_evidence').select(['kind', 'document']).where('digest', '=', digest).orderBy('record_seq').limit(1).executeTakeFirst();
  if (!row) return null;
  const document: unknown = JSON.parse(row.document);
  return { ...EvidenceDocument.parse({ kind: row.kind, document }), text: row.document };
}
