// Which path does what: one table, matched from top to bottom.
import type { ModelRepository } from './model-repository.ts';
import { readIndexRequest } from './repository-index.ts';
import type { ServingMetrics } from './serving-metrics.ts';
import { noVersions, unknownPath, wrongMethod } from './serving-error.ts';
import { explainV1, predictV1 } from './v1.ts';
import { describeModel, inferV2, readInferRequest } from './v2.ts';

export type RouteRequest = { method: string; path: string; readBody: () => Promise<unknown>; signal: AbortSignal };
type Call = RouteRequest & { name: string };
type Route = { method: 'GET' | 'POST' | 'any'; path: RegExp; handle: (call: Call) => Promise<unknown> };

/** Answers a request with a value to send as JSON, or throws a ServingError. */
export function createRoutes(repository: ModelRepository, metrics: ServingMetrics): (request: RouteRequest) => Promise<unknown> {
  const { desk } = repository;
  const routes: Route[] = [
    { method: 'GET', path: /^\/$/, handle: async () => ({ status: 'alive' }) },
    { method: 'GET', path: /^\/v1\/models$/, handle: async () => ({ models: desk.names() }) },
    { method: 'GET', path: /^\/v1\/models\/([^/:]+)$/, handle: async ({ name }) => ({ name: desk.find(name).manifest.name, ready: true }) },
    {
      method: 'POST',
      path: /^\/v1\/models\/([^/:]+):predict$/,
      handle: async ({ name, readBody, signal }) => {
        const model = desk.find(name);
        const body = await readBody();
        return metrics.time('predict', name, () => predictV1(model, body, signal));
      },
    },
    {
      method: 'POST',
      path: /^\/v1\/models\/([^/:]+):explain$/,
      handle: async ({ name, readBody, signal }) => {
        const model = desk.find(name);
        const body = await readBody();
        return metrics.time('explain', name, () => explainV1(model, body, signal));
      },
    },
    { method: 'GET', path: /^\/v2$/, handle: async () => ({ name: 'stellwerk-model-server', version: '0.1.0', extensions: ['model_repository_extension'] }) },
    { method: 'GET', path: /^\/v2\/health\/live$/, handle: async () => ({ live: true }) },
    { method: 'GET', path: /^\/v2\/health\/ready$/, handle: async () => ({ ready: true }) },
    {
      method: 'POST',
      path: /^\/v2\/repository\/index$/,
      handle: async ({ readBody }) => {
        const { ready } = readIndexRequest(await readBody());
        return (await repository.index()).filter(({ state }) => ready !== true || state === 'READY');
      },
    },
    {
      method: 'POST',
      path: /^\/v2\/repository\/models\/([^/]+)\/load$/,
      handle: async ({ name }) => {
        await repository.load(name);
        return { name, load: true };
      },
    },
    {
      method: 'POST',
      path: /^\/v2\/repository\/models\/([^/]+)\/unload$/,
      handle: async ({ name }) => {
        await repository.unload(name);
        return { name, unload: true };
      },
    },
    { method: 'GET', path: /^\/v2\/models$/, handle: async () => ({ models: desk.names() }) },
    {
      method: 'any',
      path: /^\/v2\/models\/[^/]+\/versions(\/|$)/,
      handle: async () => {
        throw noVersions();
      },
    },
    { method: 'GET', path: /^\/v2\/models\/([^/]+)$/, handle: async ({ name }) => describeModel(desk.find(name)) },
    { method: 'GET', path: /^\/v2\/models\/([^/]+)\/ready$/, handle: async ({ name }) => ({ name: desk.find(name).manifest.name, ready: true }) },
    {
      method: 'POST',
      path: /^\/v2\/models\/([^/]+)\/infer$/,
      handle: async ({ name, readBody, signal }) => {
        const request = readInferRequest(await readBody());
        const model = desk.find(name);
        return metrics.time('predict', name, () => inferV2(model, request, signal));
      },
    },
  ];

  return async (request) => {
    const fitting = routes.filter((route) => route.path.test(request.path));
    const route = fitting.find(({ method }) => method === 'any' || method === request.method);
    if (route === undefined) throw fitting.length > 0 ? wrongMethod() : unknownPath();
    return route.handle({ ...request, name: route.path.exec(request.path)?.[1] ?? '' });
  };
}
