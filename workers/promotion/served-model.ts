// A version as it is asked at the endpoint that serves it: the platform's own for this version, else the common one.
import type { Model } from '../../ledger/index.ts';
import type { ServedModel } from '../evaluation/index.ts';
import type { Readiness } from '../kubeflow/ports.ts';
import type { Tools } from '../runtime/worker-definition.ts';
import { createInferenceClient, type InferenceClient } from '../serving/inference-client.ts';

/** Where the platform names the version otherwise, it is asked under that name and reported under ours. */
export function servedModel(tools: Pick<Tools, 'inference' | 'settings' | 'ledger'>, model: Model, { endpoint }: Pick<Readiness, 'endpoint'>): ServedModel {
  if (endpoint === null) return { model, inference: tools.inference };
  const { settings, ledger } = tools;
  const own: InferenceClient = createInferenceClient({ ...settings.serving, address: () => endpoint.url }, ledger.clock);
  return {
    model,
    inference: {
      metadata: (_name, signal) => own.metadata(endpoint.model, signal),
      predict: (call) => own.predict({ ...call, model: endpoint.model }),
    },
  };
}
