// The pinned pipeline that retrains a service's model.
import type { RetrainingPlan } from '../../ledger/services/retraining-plan.ts';
import type { Tools } from '../runtime/worker-definition.ts';
import { retrainingFailed } from './failures.ts';
import { serviceOf } from './release-in-hand.ts';

/** Throws the modelled failure where the service names no pipeline or none can be asked. */
export async function retrainingPlanOf({ ledger, platform }: Pick<Tools, 'ledger' | 'platform'>, service: string): Promise<RetrainingPlan> {
  const { definition } = await serviceOf(ledger, service);
  if (platform.pipelines.kind === 'not-configured')
    throw retrainingFailed('NOT_CONFIGURED', 'No pipelines are configured: set KUBEFLOW_PIPELINES_URL, or train by hand and propose the new version.');
  if (definition.retraining === undefined)
    throw retrainingFailed('NOT_CONFIGURED', `The service "${service}" names no pipeline. Add "retraining" with a pipeline and its version, or train by hand and propose the new version.`);
  return definition.retraining;
}
