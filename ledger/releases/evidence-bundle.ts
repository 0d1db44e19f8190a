/** The evidence of a release as it stands: what is current, what votes rest on, and the digest of that bundle. */
import type { Kysely, Selectable } from 'kysely';
import { digestOf } from '../chain/digest.ts';
import type { Database } from '../store/database.ts';
import { readJson } from '../store/json-column.ts';
import { ArtefactEvidence, type EvidenceKind } from './evidence-document.ts';
import type { EvidenceEntry, Lifecycle } from './lifecycle.ts';

/** Reports of shadow and canary come after the vote and cannot void it. */
const afterTheVote: readonly EvidenceKind[] = ['shadow-report', 'canary-report'];

type EvidenceRow = Selectable<Database['release_evidence']>;

export async function findEvidence(db: Kysely<Database>, releaseId: string): Promise<EvidenceRow[]> {
  return db.selectFrom('release_evidence').selectAll().where('release_id', '=', releaseId).orderBy('record_seq').execute();
}

/** The newest document of each kind. */
export function currentEvidence(rows: readonly EvidenceRow[]): Map<EvidenceKind, EvidenceRow> {
  return new Map(rows.map((row) => [row.kind, row]));
}

/** SHA-256 over the canonical JSON of the sorted digests; null without a document. */
export function bundleDigestOf(rows: readonly EvidenceRow[]): string | null {
  const digests = [...currentEvidence(rows).values()].filter(({ kind }) => !afterTheVote.includes(kind)).map(({ digest }) => digest);
  return digests.length === 0 ? null : digestOf(digests.toSorted());
}

/** Oldest first. */
export function evidenceEntries(rows: readonly EvidenceRow[]): EvidenceEntry[] {
  const current = currentEvidence(rows);
  return rows.map((row) => ({
    digest: row.digest,
    kind: row.kind,
    collectedAt: row.collected_at,
    collectedBy: row.collected_by,
    current: current.get(row.kind)?.record_seq === row.record_seq,
    votedOn: !afterTheVote.includes(row.kind),
  }));
}

/** `changed`: the artefact, or what is served under its name, is not the one that was proposed. */
export function artefactState(rows: readonly EvidenceRow[], { model }: Pick<Lifecycle, 'model'>): 'missing' | 'proposed' | 'changed' {
  const row = currentEvidence(rows).get('artefact');
  if (!row) return 'missing';
  const { digest, servedDigest } = readJson(ArtefactEvidence, row.document);
  return digest === model.digest && (servedDigest === null || servedDigest === model.digest) ? 'proposed' : 'changed';
}
