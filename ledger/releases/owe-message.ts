/** Owes a process a message. It only wakes: what was decided is read from the ledger, so no variable can fake it. */
import { addToOutbox } from '../outbox/add-to-outbox.ts';
import type { Tx } from '../store/transact.ts';
import type { Lifecycle } from './lifecycle.ts';

type Message = { name: string; id: string; key: string; releaseId: string; variables?: Record<string, unknown> };

async function oweMessage(tx: Tx, { name, id, key, releaseId, variables = {} }: Message): Promise<void> {
  await addToOutbox(tx, {
    kind: 'publish-message',
    releaseId,
    outboxId: `message/${name}/${id}`,
    content: { name, messageId: id, correlationKey: key, variables },
    notBefore: tx.now,
  });
}

/** To whoever waits for this release. */
type Plain = 'go-live-decided' | 'question-answered' | 'release-alarm' | 'reassessment-answered' | 'release-stopped';

export async function oweNews(tx: Tx, name: Plain, releaseId: string, id: string): Promise<void> {
  await oweMessage(tx, { name, id, key: releaseId, releaseId });
}

/** Starts `model-promotion`. */
export async function oweProposed(tx: Tx, { releaseId, service, kind, riskTier }: Lifecycle): Promise<void> {
  await oweMessage(tx, { name: 'release-proposed', id: releaseId, key: releaseId, releaseId, variables: { releaseId, service, kind, riskTier } });
}

/** Ends `model-promotion` from outside. */
export async function owePromotionStopped(tx: Tx, releaseId: string): Promise<void> {
  await oweMessage(tx, { name: 'promotion-stopped', id: `${releaseId}:stopped`, key: releaseId, releaseId });
}

/** Ends the wait of one step and of no other. */
export async function oweStepNow(tx: Tx, releaseId: string, stepKey: string): Promise<void> {
  await oweMessage(tx, { name: 'step-now', id: stepKey, key: stepKey, releaseId });
}

/** Starts `release-watch`. */
export async function oweLive(tx: Tx, release: { releaseId: string; service: string; validUntil: number }): Promise<void> {
  const { releaseId, service, validUntil } = release;
  await oweMessage(tx, { name: 'release-live', id: `${releaseId}:live`, key: releaseId, releaseId, variables: { releaseId, service, validUntil: new Date(validUntil).toISOString() } });
}

/** Ends `release-watch` of a release that ended otherwise than by its date. */
export async function oweSuperseded(tx: Tx, releaseId: string): Promise<void> {
  await oweMessage(tx, { name: 'release-superseded', id: `${releaseId}:ended`, key: releaseId, releaseId });
}

/** Starts `model-rollback`: the serving platform follows the ledger. */
export async function oweRollback(tx: Tx, { releaseId, service }: { releaseId: string; service: string }): Promise<void> {
  await oweMessage(tx, { name: 'rollback-asked', id: `${releaseId}:rollback`, key: releaseId, releaseId, variables: { releaseId, service } });
}
