// Job worker `restore-traffic`: all traffic of the platform to the version that decides by the ledger.
import { z } from 'zod';
import { RollbackAsked, Variables } from '../../processes/model-rollback/variables.ts';
import { isTransient, PlatformError } from '../kubeflow/platform-error.ts';
import { defineWorker, type Tools } from '../runtime/worker-definition.ts';
import { platformUnavailable } from './failures.ts';
import { lifeOf, serviceOf } from './release-in-hand.ts';
import { tellRegistry } from './tell-registry.ts';
import { versionToServe } from './version-to-serve.ts';

export const restoreTraffic = defineWorker({
  type: 'restore-traffic',
  input: RollbackAsked.pick({ releaseId: true }).extend(Variables.pick({ servedReleaseId: true }).shape),
  output: z.object({}),
  errors: ['PLATFORM_UNAVAILABLE'],
  timeLimitMs: 60_000,

  async handle({ releaseId, servedReleaseId }, tools) {
    try {
      if (servedReleaseId !== null) await serve(servedReleaseId, tools);
      await tellRegistry(tools, releaseId);
    } catch (error) {
      if (isTransient(error)) throw platformUnavailable(error.message);
      if (!(error instanceof PlatformError)) throw error;
      // The ledger decides by itself; what the platform refuses for good is a person's to mend.
      tools.log.error({ releaseId, system: error.system, kind: error.kind, detail: error.detail }, `The platform could not follow a roll-back. ${error.message}`);
    }
    return {};
  },
});

/** The serving platform may answer with what was rolled back until this one is up; whose answers count is the ledger's to say. */
async function serve(releaseId: string, tools: Tools): Promise<void> {
  const life = await lifeOf(tools.ledger, releaseId);
  await tools.platform.deployment.restore(await versionToServe(tools, life, await serviceOf(tools.ledger, life.service)), { signal: tools.signal });
  await tellRegistry(tools, releaseId);
}
