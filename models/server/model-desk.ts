// What the routes ask for: the models, their explainers and the queue before them, in one place.
import { createExplainer, type Explainer } from './explain.ts';
import { createInferenceQueue } from './inference-queue.ts';
import type { ModelManifest } from './model-manifest.ts';
import type { ServedModel } from './served-model.ts';
import { unknownModel } from './serving-error.ts';

export type DeskModel = {
  manifest: ModelManifest;
  predict: (rows: Float32Array, signal: AbortSignal) => Promise<Float32Array>;
  explain: Explainer;
};

export type ModelDesk = { names: string[]; find: (name: string) => DeskModel };

/** Requests that may wait for the one inference thread, over all models. */
const queueLimit = 1000;

export function createModelDesk(models: ReadonlyMap<string, ServedModel>): ModelDesk {
  const queue = createInferenceQueue(queueLimit);
  const desk = new Map(
    [...models].map(([name, model]): [string, DeskModel] => {
      const predict: DeskModel['predict'] = (rows, signal) => queue.run(() => model.predict(rows), signal);
      return [name, { manifest: model.manifest, predict, explain: createExplainer(model, predict) }];
    }),
  );
  return {
    names: [...desk.keys()],
    find(name) {
      const found = desk.get(name);
      if (found === undefined) throw unknownModel(name);
      return found;
    },
  };
}
