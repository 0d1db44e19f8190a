// The two ways a model can fail a case, as the diagram's error boundary events know them.
import type { Log } from './log.ts';
import { BpmnError } from './runtime/failures.ts';
import { ServingError } from './serving/serving-error.ts';

export const modelFailures = ['MODEL_UNAVAILABLE', 'MODEL_ERROR'] as const;
export type ModelFailure = (typeof modelFailures)[number];

/** What the model server said may quote the input: only our own sentence goes into the engine and the log. */
export function toBpmnError(error: unknown, model: string, log: Log): unknown {
  if (!(error instanceof ServingError)) return error;
  log.warn({ model, kind: error.kind, status: error.status }, error.message);
  const code: ModelFailure = error.kind === 'unavailable' ? 'MODEL_UNAVAILABLE' : 'MODEL_ERROR';
  return new BpmnError(code, `${error.message}. Model "${model}"; the case goes to people.`);
}
