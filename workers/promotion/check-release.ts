// Job worker `check-release`: looks over a live release's blind audits and inputs, and raises what it finds as alarms.
import { z } from 'zod';
import { getRelease, raiseAlarm } from '../../ledger/index.ts';
import { ReleaseLive } from '../../processes/release-watch/variables.ts';
import { checkRelease as check, collectAudits, collectDriftColumns, collectExpertPairs, EvaluationFailure } from '../evaluation/index.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { serviceOf } from './release-in-hand.ts';

export const checkRelease = defineWorker({
  type: 'check-release',
  input: ReleaseLive.pick({ releaseId: true }),
  output: z.object({}),
  errors: [],
  timeLimitMs: 60_000,

  async handle({ releaseId }, { ledger, settings, log }) {
    const release = await getRelease(ledger, releaseId);
    if (release === null || release.end !== null) return {};
    const { definition } = await serviceOf(ledger, release.service);
    const { findings } = check({
      definition,
      release,
      audits: await collectAudits(ledger, release),
      expertPairs: await collectExpertPairs(ledger, releaseId),
      columns: await collectDriftColumns(ledger, { releaseId, definition, dataFolder: settings.promotion.evaluationData }).catch((error: unknown) => {
        // Rows that cannot be read end the look for drift alone, not that for errors.
        if (!(error instanceof EvaluationFailure)) throw error;
        log.warn({ releaseId, reason: error.reason }, error.message);
        return [];
      }),
    });
    for (const { kind, window, facts, severity } of findings) await raiseAlarm(ledger, { releaseId, kind, window, facts: { ...facts, severity } });
    return {};
  },
});
