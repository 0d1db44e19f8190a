// Job worker `register-model-version`: the version that a run produced, in the registry.
import { z } from 'zod';
import type { DecisionServiceDefinition } from '../../ledger/index.ts';
import { RetrainingAsked, Variables } from '../../processes/model-retraining/variables.ts';
import type { PipelineRun, RegistryVersion } from '../kubeflow/ports.ts';
import { defineWorker, type Tools } from '../runtime/worker-definition.ts';
import { onPlatform, retrainingFailed } from './failures.ts';
import { serviceOf } from './release-in-hand.ts';

/** Property in which a pipeline's last step notes the run that made a version. */
export const runProperty = 'pipeline-run';

/** What a run says of its result in its parameters, where it does not register it itself. */
const Result = z.looseObject({ model_uri: z.string().min(1), model_sha256: z.string().regex(/^[0-9a-f]{64}$/), model_format: z.string().min(1), model_version: z.string().min(1).optional() });

export const registerModelVersion = defineWorker({
  type: 'register-model-version',
  input: RetrainingAsked.pick({ service: true }).extend(Variables.pick({ runId: true }).shape),
  output: Variables.pick({ versionId: true }),
  errors: ['RETRAINING_FAILED', 'PLATFORM_UNAVAILABLE'],
  timeLimitMs: 60_000,

  async handle({ service, runId }, tools) {
    const { definition } = await serviceOf(tools.ledger, service);
    const version = await onPlatform(tools, () => findOrRegister(runId, definition, tools), (message) => retrainingFailed('PLATFORM_REFUSED', message));
    return { versionId: version.id };
  },
});

async function findOrRegister(runId: string, definition: DecisionServiceDefinition, { platform, signal }: Tools): Promise<RegistryVersion> {
  const [written] = await platform.registry.findLiveVersions({ name: runProperty, value: runId }, { signal });
  if (written !== undefined) return written;
  const run = await platform.pipelines.getRun(runId, { signal });
  const result = Result.safeParse(run.parameters);
  if (!result.success)
    throw retrainingFailed('RESULT_MISSING', `The run succeeded, but the registry holds no version with the property "${runProperty}" of this run, and the run's parameters name no model_uri, model_sha256 and model_format.`);
  return platform.registry.registerVersion(newVersion(run, result.data, definition), { signal });
}

function newVersion(run: PipelineRun, result: z.infer<typeof Result>, { model }: DecisionServiceDefinition) {
  return {
    model: { name: model.name },
    version: { name: result.model_version ?? run.runId, properties: { [runProperty]: run.runId } },
    artifact: { uri: result.model_uri, format: { name: result.model_format }, digest: result.model_sha256 },
  };
}
