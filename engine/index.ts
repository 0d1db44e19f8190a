// The embedded engine as the rest of Stellwerk sees it: a REST API in process, nothing else.
import { openCore, type CoreOptions, type EngineMetrics, type Logger } from './core.ts';
import type { MeasuredEngine } from './metrics/add-metrics.ts';
import type { RestHandler } from './rest/contract.ts';
import { createFetch } from './rest/fetch.ts';
import { createRestHandler, isOffered } from './rest/handle.ts';

export { addEngineMetrics, type MeasuredEngine } from './metrics/add-metrics.ts';
export { createClock, createSteadyTime, type Clock, type ControlledClock } from './clock.ts';
export type { RestHandler, RestRequest, RestResponse } from './rest/contract.ts';
export type { EngineMetrics, Logger };

export type EngineOptions = CoreOptions;

export type Engine = {
  /** Everything below `/v2`, for an HTTP server that has signed the caller in. */
  readonly handle: RestHandler;
  /** Whether a call would do or read something here, and not be answered with 404, 405 or 501. `path` is what stands after `/v2`. */
  offers(call: { readonly method: string; readonly path: string }): boolean;
  /** The same for `@camunda8/sdk` in this process: give it to the client as its `fetch`. */
  readonly fetch: typeof globalThis.fetch;
  /** For job workers of this process that repeat their work harmlessly: jobs are taken and completed without waiting for the commit (ADR 123). */
  readonly workerFetch: typeof globalThis.fetch;
  metrics(): EngineMetrics;
  readonly figures: MeasuredEngine['figures'];
  readonly onCommit: MeasuredEngine['onCommit'];
  /** Turns further requests away, lets waiting ones go, and closes the store. */
  close(): Promise<void>;
};

/** Opens the engine on its file; whatever is parked there goes on. */
export function openEngine(options: EngineOptions): Engine {
  const core = openCore(options);
  let closing = false;
  const handle = createRestHandler(core, {
    isClosing: () => closing,
    onDefect: (error, { method, path }) =>
      options.logger?.error({ method, path: path.split('?', 1)[0], error: error instanceof Error ? error.stack : String(error) }, 'A request ended in a defect of the engine'),
  });
  return {
    handle,
    offers: isOffered,
    fetch: createFetch(handle),
    workerFetch: createFetch(handle, { repeatsHarmlessly: true }),
    metrics: () => core.metrics(),
    figures: core.figures,
    onCommit: core.onCommit,
    close: () => {
      closing = true;
      return core.close();
    },
  };
}
