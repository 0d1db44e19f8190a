/** A server of the API on a real ledger in memory, with accounts, keys and both demo services; the engine is away unless one is given. */
import { noPlatform } from '../../workers/kubeflow/no-platform.ts';
import type { Platform } from '../../workers/kubeflow/ports.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { createRateLimit } from '../../api/access/rate-limit.ts';
import { applicationScopes } from '../../api/run/first-run.ts';
import { createClaims } from '../../api/inbox/claims.ts';
import { createInboxSeal } from '../../api/inbox/inbox-seal.ts';
import { createInboxEvents } from '../../api/inbox/inbox-events.ts';
import type { Log } from '../../api/log.ts';
import { createMetrics } from '../../api/metrics.ts';
import type { Parts } from '../../api/parts.ts';
import { createServer } from '../../api/server.ts';
import { createInputValidator } from '../../api/validate-input.ts';
import { createApiKey, createUser, openLedger, putRoutingTable, putService, type Ledger, type Role, type Scopes } from '../../ledger/index.ts';
import { DecisionServiceDefinition } from '../../ledger/services/definition.ts';
import { createEngineClient } from '../../workers/index.ts';

export type TestApi = {
  app: FastifyInstance;
  ledger: Ledger;
  clock: { now(): number; move(ms: number): void };
  /** What was logged as an error: a test that expects none says so. */
  errors: unknown[];
  key: (scopes?: Partial<Scopes>) => Promise<{ id: string; secret: string }>;
  signIn: (role: Exclude<Role, 'application'>, groups?: string[]) => Promise<{ cookie: string; 'x-csrf-token': string; name: string }>;
  close: () => Promise<void>;
};

export async function openTestApi(options: { signInsPerMinute?: number; startsPerMinute?: number; privateCallbacks?: boolean; fetch?: typeof globalThis.fetch; platform?: Platform } = {}): Promise<TestApi> {
  let now = Date.parse('2026-11-20T09:00:00.000Z');
  const clock = { now: () => now, move: (ms: number) => { now += ms; } };
  const ledger = await openLedger({ inMemory: true, clock });
  for (const service of ['credit-risk', 'digits']) {
    await putService(ledger, await readDefinition(service), 'system:test');
    await putRoutingTable(ledger, { service, digest: 'table', by: 'system:test' });
  }
  const errors: unknown[] = [];
  const log = collectingLog(errors);
  const closing = new AbortController();
  const inboxEvents = createInboxEvents(ledger);
  const metrics = createMetrics({ ledger, engine: () => ({ commands: 7 }), workers: () => ({}) });
  const away: typeof globalThis.fetch = () => Promise.reject(new TypeError('fetch failed'));
  const parts: Parts = {
    clock, log, ledger, inboxEvents, metrics,
    platform: options.platform ?? noPlatform,
    engine: createEngineClient({ fetch: options.fetch ?? away }),
    validateInput: createInputValidator(),
    claims: createClaims(clock),
    inboxSeal: createInboxSeal('test'),
    limits: { signIn: createRateLimit(clock, options.signInsPerMinute ?? 1000), start: createRateLimit(clock, options.startsPerMinute ?? 1000) },
    privateCallbacks: options.privateCallbacks ?? false,
    secureCookies: false,
    partsUp: async () => ({ ledger: true, engine: true, workers: true, 'model-server': false }),
    closing: closing.signal,
  };
  const app = await createServer({ parts, engine: null, pages: join(import.meta.dirname, 'fixtures/pages'), role: 'all' });
  let count = 0;
  return {
    app, ledger, clock, errors,
    async key(scopes = {}) {
      const { apiKey, secret } = await createApiKey(ledger, { name: 'test', scopes: { ...applicationScopes, ...scopes }, createdBy: 'system:test' });
      return { id: apiKey.apiKeyId, secret };
    },
    async signIn(role, groups = []) {
      const name = `${role}-${++count}`;
      await createUser(ledger, { name, displayName: name, password: 'right password 1', roles: [role], groups });
      return { ...(await signInAs(app, name, 'right password 1')), name };
    },
    async close() {
      closing.abort();
      inboxEvents.close();
      metrics.close();
      await app.close();
      await ledger.close();
    },
  };
}

/** Headers of a signed-in person. */
export async function signInAs(app: FastifyInstance, name: string, password: string): Promise<{ cookie: string; 'x-csrf-token': string }> {
  const answer = await app.inject({ method: 'POST', url: '/api/session', payload: { name, password } });
  if (answer.statusCode !== 200) throw new Error(`signing in as ${name} answered ${answer.body}`);
  const cookie = String(answer.headers['set-cookie']).split(';', 1)[0] ?? '';
  return { cookie, 'x-csrf-token': answer.json<{ csrfToken: string }>().csrfToken };
}

export async function readDefinition(service: string): Promise<DecisionServiceDefinition> {
  const file = join(import.meta.dirname, `../../processes/anomaly-routing/services/${service}.json`);
  return DecisionServiceDefinition.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** A credit application that fits the schema. */
export const creditInput = {
  purpose: 'furniture', amount: 4526, termMonths: 27, installmentRate: 4, guarantee: 'none', checkingAccount: 'none', savings: 'from-1000', creditHistory: 'critical',
  existingCredits: 2, otherInstallments: 'stores', employmentSince: 'under-1-year', job: 'unskilled-resident', housing: 'own', residenceSince: 2, property: 'real-estate',
  dependents: 2, telephone: 'registered',
};

function collectingLog(errors: unknown[]): Log {
  const quiet = () => undefined;
  const log = { debug: quiet, info: quiet, warn: quiet, error: (fields: unknown) => { errors.push(fields); }, child: () => log };
  return log as unknown as Log;
}
