// How a call of a model server fails.

/**
 * `unavailable`: no answer after all tries, or the circuit is open; later it may work. `error`: an answer that cannot
 * be used (4xx, a permanent 500, nonsense); asking again gives the same. `detail` is what the server said: it may
 * quote the input, so it goes to nobody but the log's reader and never into the engine.
 */
export class ServingError extends Error {
  override readonly name = 'ServingError';
  readonly kind: 'unavailable' | 'error';
  readonly detail: string | null;
  /** What the server answered with, where that is the failure. */
  readonly status: number | null;

  constructor(kind: ServingError['kind'], message: string, detail: string | null = null, status: number | null = null) {
    super(message);
    this.kind = kind;
    this.detail = detail;
    this.status = status;
  }
}
