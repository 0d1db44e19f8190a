/** Lets the version before decide again, where its policy is still in force and its end date has not come. */
import { findService } from '../services/get-service.ts';
import { routingTableInForce } from '../services/routing-table-in-force.ts';
import type { Tx } from '../store/transact.ts';
import { isPolicyOf } from './active-release.ts';
import { insertRelease } from './insert-release.ts';
import { findLifecycle } from './lifecycle-row.ts';
import type { Lifecycle, Why } from './lifecycle.ts';
import { oweLive } from './owe-message.ts';
import { insertProposal } from './propose-release.ts';
import type { Release } from './release.ts';
import type { ServiceSource } from '../services/get-service.ts';
import { writeMove } from './write-move.ts';

/**
 * The nearest earlier release of another model: a renewal or a roll-back goes back behind the versions that it shares
 * its model with. Null where there is none, or it may not decide any more: then people do.
 */
export async function findRestorable(source: ServiceSource, release: Lifecycle, at: number): Promise<Release | null> {
  let before = release.predecessor === null ? null : await findLifecycle(source.db, release.predecessor);
  while (before && before.model.digest === release.model.digest) before = before.predecessor === null ? null : await findLifecycle(source.db, before.predecessor);
  const terms = before?.terms ?? null;
  // Who was withdrawn or ran out lost its release for a reason of its own.
  if (!terms || terms.validUntil <= at || (terms.end !== null && terms.end.how !== 'superseded' && terms.end.how !== 'renewed')) return null;
  const service = await findService(source, terms.service);
  return service && isPolicyOf(terms, service, await routingTableInForce(source.db, terms.service)) ? terms : null;
}

/** A new release with the certificate, threshold and end date of the old one, and a seed of its own. */
export async function restore(tx: Tx, old: Release, { by, why }: { by: string; why: Why }): Promise<Lifecycle> {
  const service = await findService(tx, old.service);
  const table = await routingTableInForce(tx.db, old.service);
  if (!service || table === null) throw new Error(`The policy of ${old.service} is gone. Run "npm run verify".`);
  const before = await findLifecycle(tx.db, old.releaseId);
  const proposal = await insertProposal(tx, {
    service: old.service,
    kind: 'rollback',
    model: old.model,
    source: 'hand',
    reference: before?.reference ?? null,
    proposedBy: by,
    trainedBy: before?.trainedBy ?? null,
    predecessor: old.releaseId,
    riskTier: service.definition.riskTier,
  });
  const mode = old.mode === 'automatic' && old.threshold !== null ? { mode: 'automatic' as const, threshold: old.threshold } : { mode: 'pilot' as const };
  const { certificate, validUntil, auditShare, demo, evidence, conditions, approvedBy, model } = old;
  await insertRelease(tx, proposal.releaseId, { ...mode, service: old.service, model, certificate, validUntil, auditShare, demo, evidence, conditions, approvedBy, openedBy: by }, service, table);
  await writeMove(tx, { releaseId: proposal.releaseId, from: 'proposed', to: 'live', by, why });
  await oweLive(tx, { releaseId: proposal.releaseId, service: old.service, validUntil });
  const live = await findLifecycle(tx.db, proposal.releaseId);
  if (!live) throw new Error(`The roll-back to ${old.releaseId} was not stored.`);
  return live;
}
