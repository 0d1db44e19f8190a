// Job worker `open-watch`: when people are asked again, from the release's end date and its service's lead time.
import { getRelease } from '../../ledger/index.ts';
import { evaluationPlanOf } from '../../ledger/services/evaluation-plan.ts';
import { ReleaseLive, Variables } from '../../processes/release-watch/variables.ts';
import { TerminalFailure } from '../runtime/failures.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { isoDuration } from './iso-duration.ts';
import { serviceOf } from './release-in-hand.ts';

const dayMs = 24 * 3_600_000;
/** A re-assessment that lasts its whole lead time is reminded of so often. */
const remindersPerLead = 4;

export const openWatch = defineWorker({
  type: 'open-watch',
  input: ReleaseLive.pick({ releaseId: true }),
  output: Variables.pick({ validUntil: true, reassessAt: true, remindEvery: true }),
  errors: [],

  async handle({ releaseId }, { ledger }) {
    const release = await getRelease(ledger, releaseId);
    if (release === null) throw new TerminalFailure(`Release "${releaseId}" is not in the ledger. Cancel this instance.`);
    const { definition } = await serviceOf(ledger, release.service);
    const leadMs = evaluationPlanOf(definition).leadDays * dayMs;
    return {
      validUntil: new Date(release.validUntil).toISOString(),
      reassessAt: new Date(release.validUntil - leadMs).toISOString(),
      remindEvery: isoDuration(leadMs / remindersPerLead),
    };
  },
});
