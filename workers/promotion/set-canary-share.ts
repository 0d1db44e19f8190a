// Job worker `set-canary-share`: the next step of the canary, in the ledger first, then on the platform.
import { releaseHistory, type Ledger } from '../../ledger/index.ts';
import { stepAskedCode } from '../../ledger/releases/move-codes.ts';
import { evaluationPlanOf } from '../../ledger/services/evaluation-plan.ts';
import { stepKey } from '../../processes/messages.ts';
import { ReleaseProposed, Variables } from '../../processes/model-promotion/variables.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { currentEvidence } from './current-evidence.ts';
import { onPlatform, platformRefused, releaseFailed } from './failures.ts';
import { moveOrFail, promotionActor } from './move-or-fail.ts';
import { openLifeOf, serviceOf } from './release-in-hand.ts';
import { termsFromEvidence } from './release-terms.ts';

export const setCanaryShare = defineWorker({
  type: 'set-canary-share',
  /** `share` is that of the step before: a repeated job sets the same step again. */
  input: ReleaseProposed.pick({ releaseId: true }).extend(Variables.pick({ share: true }).shape),
  output: Variables.pick({ share: true, lastStep: true, stepKey: true }),
  errors: ['RELEASE_FAILED', 'PLATFORM_UNAVAILABLE'],
  timeLimitMs: 60_000,

  async handle({ releaseId, share }, tools) {
    const { ledger, platform, signal } = tools;
    const life = await openLifeOf(ledger, releaseId);
    const { definition } = await serviceOf(ledger, life.service);
    const { steps } = evaluationPlanOf(definition).canary;
    const next = steps.find((step) => step > share) ?? 100;
    const terms = life.terms === null ? { terms: await termsFromEvidence(ledger, releaseId) } : {};
    const first = life.state === 'shadow';
    if (first) await mayLeaveShadow(ledger, releaseId);
    await moveOrFail(ledger, { releaseId, to: 'canary', share: next, by: promotionActor, why: { code: first ? 'SHADOW_OVER' : 'WITHIN_LIMITS' }, ...terms });
    await onPlatform(tools, () => platform.deployment.setCanaryShare({ service: life.service, name: life.model.name }, next, { signal }), platformRefused);
    return { share: next, lastStep: next >= (steps.at(-1) ?? 100), stepKey: stepKey({ releaseId, state: 'canary', share: next }) };
  },
});

/** A message alone does not end a shadow: the ledger holds a report that is not worse, or who ended it. */
async function mayLeaveShadow(ledger: Ledger, releaseId: string): Promise<void> {
  const report = await currentEvidence(ledger, releaseId, 'shadow-report');
  const moves = (await releaseHistory(ledger, releaseId))?.moves ?? [];
  if (report?.result === 'not-worse' || moves.some(({ to, code }) => to === 'shadow' && code === stepAskedCode)) return;
  throw releaseFailed('NOT_APPROVED', 'The shadow ended without a result and without a person who ended it.');
}
