// Job worker `go-live`: live in the ledger; then the platform gives it all traffic and the registry learns of it.
import { z } from 'zod';
import { ReleaseProposed } from '../../processes/model-promotion/variables.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { onPlatform, platformRefused } from './failures.ts';
import { moveOrFail, promotionActor } from './move-or-fail.ts';
import { lifeOf, openLifeOf } from './release-in-hand.ts';
import { termsFromEvidence } from './release-terms.ts';
import { tellRegistry } from './tell-registry.ts';

export const goLive = defineWorker({
  type: 'go-live',
  input: ReleaseProposed.pick({ releaseId: true }),
  output: z.object({}),
  errors: ['RELEASE_FAILED', 'PLATFORM_UNAVAILABLE'],
  timeLimitMs: 60_000,

  async handle({ releaseId }, tools) {
    const { ledger, platform, signal } = tools;
    const life = await lifeOf(ledger, releaseId);
    if (life.state !== 'live') {
      const open = await openLifeOf(ledger, releaseId);
      const terms = open.terms === null ? { terms: await termsFromEvidence(ledger, releaseId) } : {};
      await moveOrFail(ledger, { releaseId, to: 'live', by: promotionActor, why: { code: open.kind === 'renewal' ? 'RENEWED' : 'CANARY_OVER' }, ...terms });
    }
    const version = { service: life.service, name: life.model.name };
    if (life.kind !== 'renewal') await onPlatform(tools, () => platform.deployment.promote(version, { signal }), platformRefused);
    await onPlatform(tools, () => tellRegistry(tools, releaseId), platformRefused);
    return {};
  },
});
