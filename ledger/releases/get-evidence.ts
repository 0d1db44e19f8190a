/** Reads one evidence document by its digest. */
import type { Ledger } from '../ledger.ts';
import { EvidenceDocument } from './evidence-document.ts';

/** Null where no release has such a document. */
export async function getEvidence(ledger: Ledger, digest: string): Promise<EvidenceDocument | null> {
  const row = await findRow(ledger, digest);
  if (!row) return null;
  const document: unknown = JSON.parse(row.document);
  return EvidenceDocument.parse({ kind: row.kind, document });
}

/** The canonical JSON whose SHA-256 is the digest. */
export async function getEvidenceText(ledger: Ledger, digest: string): Promise<string | null> {
  return (await findRow(ledger, digest))?.document ?? null;
}

async function findRow({ db }: Ledger, digest: string) {
  return db.selectFrom('release_evidence').select(['kind', 'document']).where('digest', '=', digest).orderBy('record_seq').limit(1).executeTakeFirst();
}
