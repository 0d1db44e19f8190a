// Builds clients of the engine port: the Camunda 8 REST API v2 through Camunda's own SDK, in process or over the network.
import { Camunda8, OrchestrationLifters } from '@camunda8/sdk';
import { createClientLog } from './client-log.ts';
import type { Log } from './log.ts';

/** The SDK's client. Outside `engine/` keys are its branded strings. */
export type EngineClient = ReturnType<Camunda8['getOrchestrationClusterApiClient']>;

/**
 * Where the engine is. `fetch`: the embedded engine in this process. `address`: a cluster, with the SDK's own
 * environment variables for signing in. Neither: whatever those variables say.
 */
export type EngineConnection = {
  fetch?: typeof globalThis.fetch;
  /** Of the embedded engine, for its own job workers: taking a job, and completing one that repeats harmlessly, does not wait for the commit. */
  workerFetch?: typeof globalThis.fetch;
  address?: string;
};

/** The connection as job workers use it. */
export function forWorkers({ workerFetch, ...connection }: EngineConnection): EngineConnection {
  return workerFetch === undefined ? connection : { ...connection, fetch: workerFetch };
}

/** Turns plain strings (of the ledger, of a request) into the SDK's branded keys. */
export const { UserTaskKey, ProcessInstanceKey, ProcessDefinitionId, ProcessDefinitionKey, ElementInstanceKey, JobKey, DecisionDefinitionId } =
  OrchestrationLifters;

/** Never resolved by anyone: with the engine's own `fetch` the host is only a part of the URL. */
const embeddedAddress = 'http://engine.embedded/v2';

/**
 * Makes a client of its own; nothing is shared with an earlier one.
 * Give job polls and commands separate clients: they then share nothing that a held poll could use up.
 * Address and `fetch` go through `configure`: given to `new Camunda8(…)` the SDK drops them silently.
 */
export function createEngineClient(connection: EngineConnection, log?: Log): EngineClient {
  const client = withoutConcurrencyLimit(() => new Camunda8({}).getOrchestrationClusterApiClient({}, { cached: false }));
  const address = connection.address ?? (connection.fetch === undefined ? undefined : embeddedAddress);
  client.configure({
    ...(connection.fetch === undefined ? {} : { fetch: connection.fetch }),
    config: {
      ...(address === undefined ? {} : { CAMUNDA_REST_ADDRESS: address }),
      CAMUNDA_SDK_LOG_LEVEL: log === undefined ? 'silent' : 'error',
    },
    ...(log === undefined ? {} : { log: { level: 'error', transport: createClientLog(log) } }),
  });
  return client;
}

const profile = 'CAMUNDA_SDK_BACKPRESSURE_PROFILE';

/**
 * By default a client lets 16 calls through at once, and a held job poll counts: 16 idle job types block every other
 * call. The limiter is built in the client's constructor, which reads its profile from the environment alone;
 * `configure` comes too late for it (a test with 40 idle job types shows it). LEGACY observes and does not limit.
 */
function withoutConcurrencyLimit<T>(make: () => T): T {
  const before = process.env[profile];
  process.env[profile] = 'LEGACY';
  try {
    return make();
  } finally {
    if (before === undefined) delete process.env[profile];
    else process.env[profile] = before;
  }
}
