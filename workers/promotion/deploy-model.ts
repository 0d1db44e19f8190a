// Job worker `deploy-model`: declares a release's version on the serving platform, beside the one that serves. Does not wait.
import { z } from 'zod';
import { ReleaseProposed } from '../../processes/model-promotion/variables.ts';
import { PlatformError } from '../kubeflow/platform-error.ts';
import { defineWorker, type Tools } from '../runtime/worker-definition.ts';
import { onPlatform, platformRefused, releaseFailed } from './failures.ts';
import { isOver, lifeOf, openLifeOf, serviceOf } from './release-in-hand.ts';
import { versionToServe } from './version-to-serve.ts';

export const deployModel = defineWorker({
  type: 'deploy-model',
  input: ReleaseProposed.pick({ releaseId: true }),
  output: z.object({}),
  errors: ['RELEASE_FAILED', 'PLATFORM_UNAVAILABLE'],
  timeLimitMs: 60_000,

  async handle({ releaseId }, tools) {
    const { ledger, platform, signal } = tools;
    const life = await openLifeOf(ledger, releaseId);
    const service = await serviceOf(ledger, life.service);
    await onPlatform(
      tools,
      async () => {
        const version = await versionToServe(tools, life, service);
        await deployUnlessEdited(version, tools);
        // Stopped while the platform was asked: what was declared too late is taken out again.
        if (life.kind === 'promotion' && isOver(await lifeOf(ledger, releaseId))) {
          await platform.deployment.remove(version, { signal });
          throw releaseFailed('RELEASE_OVER', 'The release ended while its version was being deployed.');
        }
      },
      platformRefused,
    );
    return {};
  },
});

/** A hand-made change is not taken back here: the next look finds it, and people decide. */
async function deployUnlessEdited(version: Parameters<Tools['platform']['deployment']['deploy']>[0], { platform, signal, log }: Tools): Promise<void> {
  try {
    await platform.deployment.deploy(version, { signal });
  } catch (error) {
    if (!(error instanceof PlatformError) || error.kind !== 'edited-by-hand') throw error;
    log.warn({ service: version.service, version: version.name }, error.message);
  }
}
