// Builds clients of the engine port: the Camunda 8 REST API v2 through Camunda's own SDK, in process or over the network.
import { Camunda8, OrchestrationLifters } from '@camunda8/sdk';
import type { Log } from './log.ts';

/** The SDK's client. Outside `engine/` keys are its branded strings. */
export type EngineClient = ReturnType<Camunda8['getOrchestrationClusterApiClient']>;

/**
 * Where the engine is. `fetch`: the embedded engine in this process. `address`: a cluster, with the SDK's own
 * environment variables for signing in. Neither: whatever those variables say.
 */
export type EngineConnection = { fetch?: typeof globalThis.fetch; address?: string };

/** Turns plain strings (of the ledger, of a request) into the SDK's branded keys. */
export const { UserTaskKey, ProcessInstanceKey, ProcessDefinitionId, ProcessDefinitionKey, ElementInstanceKey, JobKey, DecisionDefinitionId } =
  OrchestrationLifters;

/** Never resolved by anyone: with the engine's own `fetch` the host is only a part of the URL. */
const embeddedAddress = 'http://engine.embedded/v2';

/**
 * Makes a client of its own; nothing is shared with an earlier one.
 * Give job polls and commands separate clients: a held poll takes one of a client's permits (design, section 2).
 * Settings go through `configure`: given to `new Camunda8(…)` the SDK drops them silently.
 */
export function createEngineClient(connection: EngineConnection, log?: Log): EngineClient {
  const client = new Camunda8({}).getOrchestrationClusterApiClient({}, { cached: false });
  const address = connection.address ?? (connection.fetch === undefined ? undefined : embeddedAddress);
  client.configure({
    ...(connection.fetch === undefined ? {} : { fetch: connection.fetch }),
    config: {
      ...(address === undefined ? {} : { CAMUNDA_REST_ADDRESS: address }),
      CAMUNDA_SDK_BACKPRESSURE_PROFILE: 'LEGACY',
      CAMUNDA_SDK_LOG_LEVEL: log === undefined ? 'silent' : 'error',
    },
    ...(log === undefined ? {} : { log: { level: 'error', transport: (event) => log.error({ scope: event.scope, code: event.code }, 'engine client') } }),
  });
  return client;
}
