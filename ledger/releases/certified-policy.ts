/** Whether the policy of today is the one that a certificate was computed for: rules and table may be edited in between. */
import type { Selectable } from 'kysely';
import { canonicalJson } from '../chain/canonical-json.ts';
import { findService } from '../services/get-service.ts';
import type { StoredService } from '../services/service.ts';
import type { Database } from '../store/database.ts';
import { readJson } from '../store/json-column.ts';
import type { Tx } from '../store/transact.ts';
import { currentEvidence, findEvidence } from './evidence-bundle.ts';
import { EvaluationReport, ShadowReport } from './evidence-document.ts';
import type { CertificateDocument } from './evaluation-report.ts';
import type { Lifecycle } from './lifecycle.ts';
import { policyDigest } from './policy-digest.ts';

type EvidenceRow = Selectable<Database['release_evidence']>;
type Basis = { service: StoredService | null; table: string | null };

/** What was in force when the certificate was computed, once per report of the release that states it. Empty: none does. */
export async function basesOfCertificate(tx: Tx, release: Lifecycle, certificate: CertificateDocument): Promise<Basis[]> {
  const current = currentEvidence(await findEvidence(tx.db, release.releaseId));
  const evaluation = current.get('evaluation');
  const shadow = current.get('shadow-report');
  const bases: Basis[] = [];
  if (evaluation) {
    const report = readJson(EvaluationReport, evaluation.document);
    if (isSame(report.certificate, certificate)) bases.push({ service: await findService(tx, release.service, report.serviceVersion), table: await tableAt(tx, release.service, evaluation.record_seq) });
  }
  if (shadow && isSame(readJson(ShadowReport, shadow.document).certificate, certificate)) {
    const seq = await beginOfShadow(tx, release, shadow);
    bases.push({ service: await serviceAt(tx, release.service, seq), table: await tableAt(tx, release.service, seq) });
  }
  return bases;
}

/** The same model and threshold under both: only what the owner edits can differ. */
export function isSamePolicy(basis: Basis, today: { service: StoredService; table: string }, { model }: Lifecycle, threshold: number | null): boolean {
  if (basis.service === null || basis.table === null) return false;
  const rest = { threshold, modelDigest: model.digest };
  const then = policyDigest({ definition: basis.service.definition, routingTableDigest: basis.table, ...rest });
  return then === policyDigest({ definition: today.service.definition, routingTableDigest: today.table, ...rest });
}

function isSame(stated: CertificateDocument | null, certificate: CertificateDocument): boolean {
  return stated !== null && canonicalJson(stated) === canonicalJson(certificate);
}

/** Its verdicts were given from then on; a report without a shadow speaks of its own time. */
async function beginOfShadow(tx: Tx, { releaseId }: Lifecycle, report: EvidenceRow): Promise<number> {
  const move = await tx.db
    .selectFrom('release_moves')
    .select('record_seq')
    .where('release_id', '=', releaseId)
    .where('to_state', '=', 'shadow')
    .where('from_state', '!=', 'shadow')
    .executeTakeFirst();
  return move?.record_seq ?? report.record_seq;
}

async function serviceAt(tx: Tx, id: string, seq: number): Promise<StoredService | null> {
  const row = await tx.db.selectFrom('services').select('version').where('service', '=', id).where('record_seq', '<=', seq).orderBy('record_seq', 'desc').limit(1).executeTakeFirst();
  return row ? findService(tx, id, row.version) : null;
}

async function tableAt(tx: Tx, service: string, seq: number): Promise<string | null> {
  const row = await tx.db.selectFrom('routing_tables').select('digest').where('service', '=', service).where('record_seq', '<=', seq).orderBy('record_seq', 'desc').limit(1).executeTakeFirst();
  return row?.digest ?? null;
}
