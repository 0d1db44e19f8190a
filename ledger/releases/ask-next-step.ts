/** A person ends the wait of a step of shadow or canary; what the next step demands is still demanded. */
import { findUserById } from '../access/get-user.ts';
import type { Ledger } from '../ledger.ts';
import { transact, type Tx } from '../store/transact.ts';
import { refuseStep } from './action-rules.ts';
import { findLifecycle } from './lifecycle-row.ts';
import type { Lifecycle, StepNowResult } from './lifecycle.ts';
import { stepAskedCode } from './move-codes.ts';
import { oweStepNow } from './owe-message.ts';
import { writeMove } from './write-move.ts';

/** Once per step, however often it is pressed. The message is keyed by the step, so that it can end no later one. */
export async function askNextStep(ledger: Ledger, request: { releaseId: string; by: string }): Promise<StepNowResult> {
  return transact(ledger, async (tx): Promise<StepNowResult> => {
    const { releaseId, by } = request;
    const release = await findLifecycle(tx.db, releaseId);
    if (!release) return { kind: 'refused', reason: 'RELEASE_UNKNOWN', message: `There is no release ${releaseId}.` };
    const refused = refuseStep(release, (await findUserById(tx.db, by))?.roles ?? []);
    if (refused) return { kind: 'refused', ...refused };
    const { state } = release;
    const share = state === 'canary' ? release.share : 0;
    const stepKey = `${releaseId}:${state}:${share}`;
    if (await isAsked(tx, release, share)) return { kind: 'asked', stepKey };
    await writeMove(tx, { releaseId, from: state, to: state, by, why: { code: stepAskedCode }, share });
    await oweStepNow(tx, releaseId, stepKey);
    return { kind: 'asked', stepKey };
  });
}

async function isAsked(tx: Tx, { releaseId, state }: Lifecycle, share: number): Promise<boolean> {
  const asked = await tx.db
    .selectFrom('release_moves')
    .select('record_seq')
    .where('release_id', '=', releaseId)
    .where('to_state', '=', state)
    .where('code', '=', stepAskedCode)
    .where('share', '=', share)
    .executeTakeFirst();
  return asked !== undefined;
}
