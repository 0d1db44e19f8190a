/**
 * How a handler says what went wrong. Their messages end up in the engine (incidents, error events), so they are
 * written by us and never quote an input field or an answer of a model; any other error is told by its name alone.
 */

/** A business outcome that the diagram foresees: thrown to the element's error boundary event. */
export class BpmnError extends Error {
  override readonly name = 'BpmnError';
  readonly code: string;
  readonly variables: Record<string, unknown>;

  constructor(code: string, message: string, variables: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.variables = variables;
  }
}

/** Trying again cannot help: an incident at once, with this sentence for the process owner. */
export class TerminalFailure extends Error {
  override readonly name = 'TerminalFailure';
}

/** Trying again may help; `afterMs` overrides the worker's own back-off. */
export class RetryableFailure extends Error {
  override readonly name = 'RetryableFailure';
  readonly afterMs: number | undefined;

  constructor(message: string, options: { afterMs?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.afterMs = options.afterMs;
  }
}

/** The reason that a handler's signal carries when its time limit has passed. */
export class TimeLimitPassed extends Error {
  override readonly name = 'TimeLimitPassed';
}

/** The reason that a handler's signal carries when the runtime stops and will not wait longer. */
export class ShuttingDown extends Error {
  override readonly name = 'ShuttingDown';
}
