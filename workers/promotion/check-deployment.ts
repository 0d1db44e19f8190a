// Job worker `check-deployment`: is the version served, and is the artefact that is served the one the release names?
import { raiseAlarm, type Lifecycle } from '../../ledger/index.ts';
import { deploymentStates, ReleaseProposed, Variables } from '../../processes/model-promotion/variables.ts';
import type { Readiness } from '../kubeflow/ports.ts';
import { defineWorker, type Tools } from '../runtime/worker-definition.ts';
import { onPlatform, platformRefused, releaseFailed } from './failures.ts';
import { openLifeOf } from './release-in-hand.ts';

export const checkDeployment = defineWorker({
  type: 'check-deployment',
  input: ReleaseProposed.pick({ releaseId: true }),
  output: Variables.pick({ deployment: true }),
  errors: ['RELEASE_FAILED', 'PLATFORM_UNAVAILABLE'],

  async handle({ releaseId }, tools): Promise<Found> {
    const { ledger, platform, signal, log } = tools;
    const life = await openLifeOf(ledger, releaseId);
    const found = await onPlatform(tools, () => platform.deployment.readiness({ service: life.service, name: life.model.name }, { signal }), platformRefused);
    if (found.state !== 'ready') log.info({ releaseId, state: found.state }, found.message);
    if (found.state === 'edited-by-hand' || found.state === 'failed') await raiseAlarm(ledger, { releaseId, kind: 'deployment', window: found.state, facts: { state: found.state, version: life.model.name } });
    switch (found.state) {
      case 'ready':
        await verifyServed(life, found, tools);
        return { deployment: 'ready' };
      case 'absent':
        return { deployment: 'not-ready' };
      case 'not-ready':
      case 'failed':
      case 'edited-by-hand':
        return { deployment: found.state };
      default:
        return found.state satisfies never;
    }
  },
});

type Found = { deployment: (typeof deploymentStates)[number] };

/** What the endpoint itself says goes before what was declared. */
async function verifyServed(life: Lifecycle, found: Readiness, { ledger, inference, signal }: Tools): Promise<void> {
  const asked = found.endpoint === null ? await inference.metadata(life.model.name, signal).catch(() => null) : null;
  const digest = asked?.digest ?? found.digest;
  if (digest === null || digest === life.model.digest) return;
  await raiseAlarm(ledger, { releaseId: life.releaseId, kind: 'evidence-changed', window: digest, facts: { approved: life.model.digest, found: digest, where: 'endpoint' } });
  throw releaseFailed('EVIDENCE_CHANGED', 'The endpoint serves another artefact than the release names.');
}
