// Job worker `assess-shadow`: candidate against champion over blind audited cases, at the looks fixed in advance.
import type { z } from 'zod';
import { addEvidence, listShadowEvidence } from '../../ledger/index.ts';
import type { ShadowReport } from '../../ledger/releases/traffic-report.ts';
import { evaluationPlanOf } from '../../ledger/services/evaluation-plan.ts';
import { ReleaseProposed, Variables } from '../../processes/model-promotion/variables.ts';
import { assessShadow as assess } from '../evaluation/index.ts';
import { defineWorker, type Tools } from '../runtime/worker-definition.ts';
import { currentEvidence } from './current-evidence.ts';
import { releaseFailed } from './failures.ts';
import { promotionActor } from './move-or-fail.ts';
import { decidingRelease, openLifeOf, serviceOf } from './release-in-hand.ts';

const dayMs = 24 * 3_600_000;

export const assessShadow = defineWorker({
  type: 'assess-shadow',
  input: ReleaseProposed.pick({ releaseId: true }),
  output: Variables.pick({ shadow: true }),
  errors: ['RELEASE_FAILED'],

  async handle({ releaseId }, tools) {
    const report = await assessNow(releaseId, tools);
    const result = resultOf(report);
    if (result === 'waiting') return { shadow: result };
    const before = await currentEvidence(tools.ledger, releaseId, 'shadow-report');
    if (before?.pairs === report.pairs && before.result === report.result) return { shadow: result };
    const added = await addEvidence(tools.ledger, { releaseId, documents: [{ kind: 'shadow-report', document: report }], by: promotionActor });
    if (added.kind === 'refused') throw releaseFailed('RELEASE_OVER', added.message);
    return { shadow: result };
  },
});

/** Undecided before the end is no result: more cases are awaited. */
function resultOf({ result, atEnd }: ShadowReport): z.infer<typeof Variables.shape.shadow> {
  if (result !== 'undecided') return result;
  return atEnd ? 'undecided' : 'waiting';
}

async function assessNow(releaseId: string, { ledger }: Tools): Promise<ShadowReport> {
  const life = await openLifeOf(ledger, releaseId);
  const { definition } = await serviceOf(ledger, life.service);
  const champion = await decidingRelease(ledger, life.service);
  const now = ledger.clock.now();
  return assess({
    definition,
    releaseId,
    candidate: life.model,
    champion: champion === null ? null : { model: champion.model, releaseId: champion.releaseId },
    cases: await listShadowEvidence(ledger, releaseId),
    timeUp: now >= life.since + evaluationPlanOf(definition).shadow.maxDays * dayMs,
    evaluated: (await currentEvidence(ledger, releaseId, 'evaluation'))?.certificate ?? null,
    now,
  });
}
