// How a call of Kubernetes, Kubeflow Pipelines, the Model Registry or the local model server fails, as one small set of kinds.

/** Who was asked. */
export type PlatformSystem = 'kubernetes' | 'pipelines' | 'model-registry' | 'model-server';

/**
 * - `transient`: no answer, too many calls, a fault that may pass: another try later can help (`retryAfterMs` if the server said when).
 * - `conflict`: somebody else changed or made the same thing meanwhile; a fresh look decides what to do.
 * - `edited-by-hand`: somebody else owns a field that we set. Taking it back needs a decision (`takeOver`).
 * - `not-found`: the named thing is not there.
 * - `unauthorized`: no or a wrong token. `forbidden`: the account may not do this.
 * - `invalid`: the request can never work as it is: wrong value, unknown field, a parent that does not exist.
 * - `permanent`: any other answer that asking again does not change.
 * - `not-configured`: nothing is configured that could be asked.
 */
export type PlatformErrorKind =
  | 'transient'
  | 'conflict'
  | 'edited-by-hand'
  | 'not-found'
  | 'unauthorized'
  | 'forbidden'
  | 'invalid'
  | 'permanent'
  | 'not-configured';

type Facts = {
  /** What the server said, shortened. It is for the log: it may quote what we sent. */
  detail?: string | null;
  status?: number | null;
  retryAfterMs?: number | null;
};

/** `message` is a sentence of ours that may be shown to people: what was tried, what went wrong, what to do. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
  readonly kind: PlatformErrorKind;
  readonly system: PlatformSystem;
  readonly detail: string | null;
  readonly status: number | null;
  readonly retryAfterMs: number | null;

  constructor(kind: PlatformErrorKind, system: PlatformSystem, message: string, facts: Facts = {}) {
    super(message);
    this.kind = kind;
    this.system = system;
    this.detail = facts.detail ?? null;
    this.status = facts.status ?? null;
    this.retryAfterMs = facts.retryAfterMs ?? null;
  }
}

/** True for failures that another try may mend; all others need a person or another way. */
export function isTransient(error: unknown): error is PlatformError {
  return error instanceof PlatformError && error.kind === 'transient';
}
