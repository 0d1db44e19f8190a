// A fresh engine in memory, its clock in the test's hand, and clients on it.
import { Camunda8 } from '@camunda8/sdk';
import { createClock, openEngine, type Engine } from '../../../engine/index.ts';
import { createRouter } from '../../../engine/rest/router.ts';
import { operations } from '../../../engine/rest/operations/index.ts';

export type Client = ReturnType<Camunda8['getOrchestrationClusterApiClient']>;

/** What was found wrong inside; a test that ends with some has found a defect. */
export type TestEngine = { engine: Engine; client: Client; defects: unknown[]; clock: ReturnType<typeof createClock>; close(): Promise<void> };

/** Operations that were called through any engine of this file. */
export const calledOperations = new Set<string>();
const route = createRouter(operations);

export async function openTestEngine(file = ':memory:'): Promise<TestEngine> {
  const defects: unknown[] = [];
  const clock = createClock();
  const engine = openEngine({ file, clock, logger: { info: () => undefined, warn: (fields) => defects.push(fields), error: (fields) => defects.push(fields) } });
  return { engine, clock, defects, client: createClient(engine.fetch), close: () => engine.close() };
}

/** The generated client as our workers build it; its own strict response check is on (vitest.config.ts). */
export function createClient(fetch: typeof globalThis.fetch, validation?: string): Client {
  const client = new Camunda8({}).getOrchestrationClusterApiClient({}, { cached: false });
  const recording: typeof globalThis.fetch = (input, init) => {
    const request = new Request(input, init);
    const found = route(request.method, new URL(request.url).pathname.slice('/v2'.length));
    if (found.kind === 'found') calledOperations.add(found.operation.operationId);
    return fetch(request);
  };
  client.configure({
    fetch: recording,
    config: {
      CAMUNDA_REST_ADDRESS: 'http://engine.test/v2', CAMUNDA_SDK_BACKPRESSURE_PROFILE: 'LEGACY', CAMUNDA_SDK_LOG_LEVEL: 'silent',
      ...(validation === undefined ? {} : { CAMUNDA_SDK_VALIDATION: validation }),
    } as never,
  });
  return client;
}

export const file = (name: string, content: string) => new File([content], name);

/** Reads answer at once here: nothing lags behind. */
export const now = { consistency: { waitUpToMs: 0 } };
