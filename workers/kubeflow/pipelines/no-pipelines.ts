// The pipelines port where none are configured: every call says so.
import { PlatformError } from '../platform-error.ts';
import type { Pipelines } from '../ports.ts';

const refuse = (): Promise<never> =>
  Promise.reject(new PlatformError('not-configured', 'pipelines', 'No pipelines are configured: set KUBEFLOW_PIPELINES_URL, or train by hand and propose the new version.'));

export const noPipelines: Pipelines = {
  kind: 'not-configured',
  startRun: refuse,
  getRun: refuse,
  findRun: refuse,
  listRuns: refuse,
  terminateRun: refuse,
  retryRun: refuse,
  uploadPipeline: refuse,
  uploadVersion: refuse,
  findPipeline: refuse,
};
