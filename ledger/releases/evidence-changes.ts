/** What changed in the evidence of a release since somebody saw it. */
import type { Ledger } from '../ledger.ts';
import { bundleDigestOf, currentEvidence, findEvidence } from './evidence-bundle.ts';

export type EvidenceChanges = { now: string | null; documents: { kind: string; before: string | null; after: string }[] };

/** `seen`: the digest of the bundle. Of one that never was, all documents are new. */
export async function evidenceChanges(ledger: Ledger, releaseId: string, seen: string): Promise<EvidenceChanges> {
  const rows = await findEvidence(ledger.db, releaseId);
  const seenLength = rows.findLastIndex((_, index) => bundleDigestOf(rows.slice(0, index + 1)) === seen) + 1;
  const before = currentEvidence(rows.slice(0, seenLength));
  const documents = [...currentEvidence(rows).values()].flatMap(({ kind, digest }) => (before.get(kind)?.digest === digest ? [] : [{ kind, before: before.get(kind)?.digest ?? null, after: digest }]));
  return { now: bundleDigestOf(rows), documents };
}
