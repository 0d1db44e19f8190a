// The client of model servers that workers share: KServe V1 and V2 behind one interface.
import type { ServingSettings } from '../settings.ts';
import { checkPrediction, type ClassPrediction } from './class-prediction.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { sendRequest } from './send-request.ts';
import { ServingError } from './serving-error.ts';
import { readV1Explanation, readV1Prediction, readV1Score, v1Body, v1Path, type RawExplanation } from './v1-protocol.ts';
import { readV2Metadata, readV2Prediction, readV2Score, classifierOutputs, v2Body, v2InferPath, v2MetadataPath, type ModelMetadata } from './v2-protocol.ts';

export type Protocol = 'v1' | 'v2';

export type ModelCall = {
  model: string;
  protocol: Protocol;
  row: readonly number[];
  /** Names the call at the server, for its log: the case id. */
  requestId: string;
  signal: AbortSignal;
};

export type InferenceClient = {
  /** Throws `ServingError`, or the signal's reason. */
  predict(call: ModelCall & { classes: readonly string[] }): Promise<ClassPrediction>;
  /** The score of a novelty model: the higher, the stranger the case. */
  score(call: ModelCall): Promise<number>;
  /** Always V1: the Open Inference Protocol has no explanations. */
  explain(call: Omit<ModelCall, 'protocol'> & { class: string }): Promise<RawExplanation>;
  /** What the server says of a model; null where it says nothing. Asked once a minute at most, every five seconds while there is nothing. */
  metadata(model: string, signal: AbortSignal): Promise<ModelMetadata | null>;
};

const metadataMs = 60_000;
/** A version that says nothing may be on its way: asked again sooner. */
const noMetadataMs = 5_000;

/** Not found, not allowed, not implemented. */
const withoutMetadata = new Set([404, 405, 501]);

/** One circuit breaker and one memory of metadata for all calls made through it. */
export function createInferenceClient(settings: ServingSettings, clock: { now(): number }): InferenceClient {
  const breaker = createCircuitBreaker(settings.breaker, clock);
  const known = new Map<string, { at: number; metadata: ModelMetadata | null }>();

  async function guarded<T>(model: string, work: () => Promise<T>): Promise<T> {
    if (!breaker.admits(model)) throw new ServingError('unavailable', 'The model did not answer lately and is not asked again yet');
    try {
      const result = await work();
      breaker.succeeded(model);
      return result;
    } catch (error) {
      if (!(error instanceof ServingError)) breaker.abandoned(model);
      else if (error.kind === 'unavailable') breaker.failed(model);
      else breaker.succeeded(model);
      throw error;
    }
  }

  function post(path: string, body: unknown, signal: AbortSignal, timeLimitMs = settings.timeLimitMs): Promise<unknown> {
    return sendRequest({ method: 'POST', path, body, timeLimitMs, signal }, settings);
  }

  async function metadata(model: string, signal: AbortSignal): Promise<ModelMetadata | null> {
    const seen = known.get(model);
    if (seen !== undefined && Math.abs(clock.now() - seen.at) < (seen.metadata === null ? noMetadataMs : metadataMs)) return seen.metadata;
    const found = await askMetadata(model, signal);
    known.set(model, { at: clock.now(), metadata: found });
    return found;
  }

  /** A server without V2 paths says so: that is no fault. Any other failure is one, because then nobody knows which file is served. */
  async function askMetadata(model: string, signal: AbortSignal): Promise<ModelMetadata | null> {
    try {
      const path = v2MetadataPath(model);
      return readV2Metadata(await guarded(model, () => sendRequest({ method: 'GET', path, timeLimitMs: settings.timeLimitMs, signal }, settings)));
    } catch (error) {
      if (error instanceof ServingError && error.status !== null && withoutMetadata.has(error.status)) return null;
      throw error;
    }
  }

  return {
    metadata,
    async predict({ model, protocol, row, classes, requestId, signal }) {
      if (protocol === 'v1') {
        const answer = await guarded(model, () => post(v1Path(model, 'predict'), v1Body(row), signal));
        return checkPrediction(readV1Prediction(answer), classes);
      }
      const about = await metadata(model, signal);
      const answer = await guarded(model, () => post(v2InferPath(model), v2Body(row, requestId, classifierOutputs(about)), signal));
      return checkPrediction(readV2Prediction(answer, about), classes);
    },
    async score({ model, protocol, row, requestId, signal }) {
      const answer =
        protocol === 'v1'
          ? readV1Score(await guarded(model, () => post(v1Path(model, 'predict'), v1Body(row), signal)))
          : readV2Score(await guarded(model, () => post(v2InferPath(model), v2Body(row, requestId, []), signal)));
      if (!Number.isFinite(answer)) throw new ServingError('error', 'The novelty model answered a score that is no number');
      return answer;
    },
    async explain({ model, row, class: outcome, signal }) {
      const body = { ...v1Body(row), parameters: { class: outcome } };
      return readV1Explanation(await guarded(model, () => post(v1Path(model, 'explain'), body, signal, settings.explainTimeLimitMs)));
    },
  };
}
