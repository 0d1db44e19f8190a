// What the routes ask for: the loaded models, their predictions and explanations.
import type { Explainer } from './explain.ts';
import type { ModelManifest } from './model-manifest.ts';

export type DeskModel = {
  manifest: ModelManifest;
  predict: (rows: Float32Array, signal: AbortSignal) => Promise<Float32Array>;
  explain: Explainer;
};

/** `find` throws `ServingError` for a model that is unknown or not loaded: KServe answers 404 to both. */
export type ModelDesk = { names: () => string[]; find: (name: string) => DeskModel };
