// The modelled failures of the release processes, and how failures of platforms and models become one of them.
import type { FailureCode } from '../../processes/model-promotion/variables.ts';
import type { RetrainingFailure } from '../../processes/model-retraining/variables.ts';
import { PlatformError } from '../kubeflow/platform-error.ts';
import { BpmnError } from '../runtime/failures.ts';
import type { Tools } from '../runtime/worker-definition.ts';
import { ServingError } from '../serving/serving-error.ts';

/** Ends the promotion: the candidate is taken back, with this reason. */
export function releaseFailed(failure: FailureCode, message: string): BpmnError {
  return new BpmnError('RELEASE_FAILED', message, { failure });
}

/** Ends the retraining: people are asked again. */
export function retrainingFailed(failure: RetrainingFailure, message: string): BpmnError {
  return new BpmnError('RETRAINING_FAILED', message, { failure });
}

/** The diagram waits and tries again. */
export function platformUnavailable(message: string): BpmnError {
  return new BpmnError('PLATFORM_UNAVAILABLE', message);
}

/**
 * Runs calls of a platform or a model. The clients have tried several times already: what is still unavailable is the
 * diagram's to wait for; what cannot work is `refused`'s. `conflict` counts as unavailable where somebody else is at work.
 */
export async function onPlatform<T>(tools: Pick<Tools, 'log'>, work: () => Promise<T>, refused: (message: string) => BpmnError): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PlatformError) {
      tools.log.warn({ system: error.system, kind: error.kind, status: error.status, detail: error.detail }, error.message);
      throw error.kind === 'transient' ? platformUnavailable(error.message) : refused(error.message);
    }
    if (error instanceof ServingError && error.kind === 'unavailable') {
      // What a model server says may quote a row: its status only.
      tools.log.warn({ kind: error.kind, status: error.status }, error.message);
      throw platformUnavailable('A model did not answer; it is asked again.');
    }
    throw error;
  }
}

/** The usual `refused` of a promotion. */
export const platformRefused = (message: string): BpmnError => releaseFailed('PLATFORM_REFUSED', message);
