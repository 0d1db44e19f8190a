// Job worker `open-reassessment`: notes in the ledger that people are asked what comes next, and why.
import { noteReassessment } from '../../ledger/index.ts';
import { ReleaseLive, Variables } from '../../processes/release-watch/variables.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { watchActor } from './move-or-fail.ts';

export const openReassessment = defineWorker({
  type: 'open-reassessment',
  input: ReleaseLive.pick({ releaseId: true }).extend(Variables.pick({ reason: true }).shape),
  output: Variables.pick({ askedAt: true }),
  errors: [],

  async handle({ releaseId, reason }, { ledger }) {
    // Of a release that ended meanwhile nothing is noted; the message that says so is on its way.
    const { askedAt } = await noteReassessment(ledger, { releaseId, by: watchActor, code: `REASSESSMENT_${reason.toUpperCase().replaceAll('-', '_')}` });
    return { askedAt };
  },
});
