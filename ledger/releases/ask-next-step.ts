/** A person ends the wait of a step of shadow or canary; what the next step demands is still demanded. */
import { findUserById } from '../access/get-user.ts';
import type { Ledger } from '../ledger.ts';
import { transact, type Tx } from '../store/transact.ts';
import { findLifecycle } from './lifecycle-row.ts';
import type { Lifecycle, StepNowResult } from './lifecycle.ts';
import { stepAskedCode } from './move-codes.ts';
import { oweStepNow } from './owe-message.ts';
import { votingRolesOf } from './voting-rules.ts';
import { writeMove } from './write-move.ts';

/** Once per step, however often it is pressed. The message is keyed by the step, so that it can end no later one. */
export async function askNextStep(ledger: Ledger, request: { releaseId: string; by: string }): Promise<StepNowResult> {
  return transact(ledger, async (tx): Promise<StepNowResult> => {
    const { releaseId, by } = request;
    const release = await findLifecycle(tx.db, releaseId);
    if (!release) return refuse('RELEASE_UNKNOWN', `There is no release ${releaseId}.`);
    if (votingRolesOf((await findUserById(tx.db, by))?.roles ?? []).length === 0) return refuse('ROLE_MISSING', 'A step is ended by people with the role approver or process owner.');
    const { state, stopAsked } = release;
    if (stopAsked) return refuse('STOPPED', 'The release was stopped; it is being taken back.');
    if (state !== 'shadow' && state !== 'canary') return refuse('NO_STEP', `The release is ${state}: only shadow and canary wait for a step.`);
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

type Refused = Extract<StepNowResult, { kind: 'refused' }>;

function refuse(reason: Refused['reason'], message: string): Refused {
  return { kind: 'refused', reason, message };
}
