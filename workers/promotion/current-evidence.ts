// Reads the newest evidence document of a kind.
import { getEvidence, releaseHistory, type EvidenceDocument, type EvidenceKind, type Ledger } from '../../ledger/index.ts';

type Documents = { [D in EvidenceDocument as D['kind']]: D['document'] };

/** Null where the release has none of this kind. */
export async function currentEvidence<K extends EvidenceKind>(ledger: Ledger, releaseId: string, kind: K): Promise<Documents[K] | null> {
  const history = await releaseHistory(ledger, releaseId);
  const entry = history?.evidence.find((one) => one.kind === kind && one.current);
  const found = entry === undefined ? null : await getEvidence(ledger, entry.digest);
  return found !== null && isOf(found, kind) ? found.document : null;
}

function isOf<K extends EvidenceKind>(found: EvidenceDocument, kind: K): found is EvidenceDocument & { kind: K; document: Documents[K] } {
  return found.kind === kind;
}
