// Job worker `verify-artefact`: the registry must still hold the artefact that people approved.
import { z } from 'zod';
import { raiseAlarm } from '../../ledger/index.ts';
import { ReleaseProposed } from '../../processes/model-promotion/variables.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { onPlatform, platformRefused, releaseFailed } from './failures.ts';
import { findRegistered } from './find-registered.ts';
import { openLifeOf } from './release-in-hand.ts';

export const verifyArtefact = defineWorker({
  type: 'verify-artefact',
  input: ReleaseProposed.pick({ releaseId: true }),
  output: z.object({}),
  errors: ['RELEASE_FAILED', 'PLATFORM_UNAVAILABLE'],

  async handle({ releaseId }, tools) {
    const { ledger, platform, signal } = tools;
    const life = await openLifeOf(ledger, releaseId);
    const registered = await onPlatform(tools, () => findRegistered(platform.registry, life, signal), platformRefused);
    const found = registered?.artifact?.digest ?? null;
    if (found === life.model.digest) return {};
    // A registry that never wrote a digest is no change: the served file is checked before anything is decided.
    if (registered !== null && found === null) return {};
    await raiseAlarm(ledger, { releaseId, kind: 'evidence-changed', window: found ?? 'gone', facts: { approved: life.model.digest, found: found ?? 'gone', where: 'registry' } });
    throw releaseFailed('EVIDENCE_CHANGED', 'The registry no longer holds the artefact that people approved. Propose the new one.');
  },
});
