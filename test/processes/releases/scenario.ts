// The life of releases in one process: engine and ledger in memory, all workers and the outbox, a stand-in platform, two fake models, a clock that stands still.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { createClock, openEngine, type ControlledClock, type Engine } from '../../../engine/index.ts';
import {
  askNextStep,
  castVote,
  getLifecycle,
  listLifecycles,
  openLedger,
  proposeRelease,
  releaseHistory,
  type DecisionServiceDefinition,
  type Ledger,
  type Lifecycle,
  type ProposeReleaseRequest,
  type ReleaseState,
  type User,
  type VoteAnswer,
} from '../../../ledger/index.ts';
import { createEngineClient, startOutbox, startWorkers, workers, type EngineClient, type RunningOutbox, type RunningWorkers, type WorkerSettings } from '../../../workers/index.ts';
import { routingTableDigest } from '../../../workers/deployed-routing-table.ts';
import type { AnyWorker } from '../../../workers/runtime/worker-definition.ts';
import { defaultWorkerSettings } from '../../../workers/settings.ts';
import { makePeople, type People } from '../../ledger/lifecycle-fixture.ts';
import { fillLedger, model, serviceDefinition, start, type ReleaseKind } from '../../workers/ledger-fixture.ts';
import { startFakeModelServer, type Call, type FakeModelServer, type Reply } from '../../workers/serving/fake-model-server.ts';
import { traceOf } from '../anomaly-routing/scenario.ts';
import { addVersion, standInPlatform, type StandIn } from './stand-in-platform.ts';

export const candidate = { name: 'risk-v2', version: '2', digest: 'e'.repeat(64) };
export const dayMs = 86_400_000;

/** True where the case should be granted; `risk-v1` errs on amounts from 3,000 to 4,000. */
const truth = (amount: number) => amount < 3_000;
const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ input: { amount: 100 + ((index * 37) % 60) * 100, purpose: 'car' } })).map((row) => ({ ...row, outcome: truth(row.input.amount) ? 'grant' : 'decline' }));

/** How the two models answer. */
export function answerAs(name: string, amount: number): Reply {
  const grant = name === 'risk-v1' ? amount < 4_000 : truth(amount);
  return { body: { predictions: [{ label: grant ? 'grant' : 'decline', probabilities: { grant: grant ? 0.9 : 0.1, decline: grant ? 0.1 : 0.9 } }] } };
}

export type ReleaseScenarioOptions = {
  release?: ReleaseKind;
  service?: Partial<DecisionServiceDefinition>;
  evaluation?: Partial<NonNullable<DecisionServiceDefinition['evaluation']>>;
  /** What the models answer, where not as they should. */
  model?: (name: string, amount: number) => Reply;
  promotion?: Partial<WorkerSettings['promotion']>;
  /** In place of the product's own: tests that repeat or kill them. */
  workers?: readonly AnyWorker[];
};

export type ReleaseScenario = {
  clock: ControlledClock;
  engine: Engine;
  ledger: Ledger;
  client: EngineClient;
  models: FakeModelServer;
  platform: StandIn;
  people: People;
  outbox: RunningOutbox;
  propose(more?: Partial<ProposeReleaseRequest>): Promise<string>;
  vote(releaseId: string, voter: User, vote?: VoteAnswer, more?: { conditions?: string[]; validUntil?: number }): Promise<void>;
  /** Two people in two roles: enough for a high risk. */
  approve(releaseId: string): Promise<void>;
  state(releaseId: string, wanted: ReleaseState): Promise<Lifecycle>;
  /** Waits until a process waits at this element. */
  waitsAt(processId: string, elementId: string): Promise<void>;
  codes(releaseId: string): Promise<string[]>;
  /** Waits until the process waits in this step of the canary. */
  shareIs(releaseId: string, share: number): Promise<void>;
  pass(ms: number): void;
  /** Waits until the promotion waits there, then lets time pass. */
  passAt(elementId: string, ms: number, processId?: string): Promise<void>;
  /** Lets the canary's steps pass, one after another, from this share on. */
  canaryOver(releaseId: string, shares?: readonly number[]): Promise<void>;
  /** A person ends the wait of the step. */
  stepNow(releaseId: string, elementId: string): Promise<void>;
  /** Waits until the newest instance of the process is over and tells its way. */
  trace(processId: string): Promise<string>;
  /** Waits until an instance of the watch of this release ended there. */
  ended(releaseId: string, endId: string): Promise<void>;
  /** Waits until people were reminded. */
  reminded(releaseId: string): Promise<void>;
  /** Lines of the trace of the newest instance, once it holds this element. */
  steps(processId: string, elementId: string): Promise<string[]>;
  /** Waits until the element was completed a second time. */
  twice(processId: string, elementId: string): Promise<void>;
  newestRelease(): Promise<Lifecycle>;
  close(): Promise<void>;
};

const usual = { interval: 5, timeout: 15_000 };
const folders = ['anomaly-routing', 'model-promotion', 'release-watch', 'model-retraining', 'model-rollback'];
const form = JSON.stringify({ id: 'review-risk', type: 'default', schemaVersion: 17, executionPlatform: 'Camunda Cloud', executionPlatformVersion: '8.6.0', components: [] });

export async function openReleaseScenario(options: ReleaseScenarioOptions = {}): Promise<ReleaseScenario> {
  const clock = createClock();
  clock.pin(start);
  const engine = openEngine({ file: ':memory:', clock });
  const ledger = await openLedger({ clock, inMemory: true });
  const models = await startFakeModelServer((call) => reply(call, options.model ?? answerAs));
  const connection = { fetch: engine.fetch };
  const client = createEngineClient(connection);
  const data = mkdtempSync(join(tmpdir(), 'stellwerk-rows-'));
  writeRows(data);
  const preset = defaultWorkerSettings({ servingAddress: () => models.url, evaluationData: data });
  const settings: WorkerSettings = { ...preset, serving: { ...preset.serving, firstPauseMs: 1, maxPauseMs: 2, timeLimitMs: 1_000, attempts: 1 }, promotion: { ...preset.promotion, ...options.promotion } };
  await deployAll(client);
  await fillLedger(ledger, { routingTableDigest: routingTableDigest(readFileSync('processes/anomaly-routing/routing.dmn', 'utf8')), release: options.release ?? 'automatic', service: serviceOf(options) });
  const platform = standInPlatform();
  addVersion(platform, { id: '1', name: '1', model: 'risk', digest: model.digest, description: '# Risk v1' });
  addVersion(platform, { id: '2', name: '2', model: 'risk', digest: candidate.digest, author: 'tom', description: '# Risk v2', properties: { code: 'abc', 'data:train': 'a'.repeat(64) } });
  await platform.platform.deployment.deploy({ service: 'risk', name: model.name, storageUri: 's3://models/1', format: { name: 'onnx' }, digest: model.digest }, { signal: AbortSignal.timeout(1_000) });
  platform.changes.length = 0;
  const people = await makePeople({ ledger });
  const running: RunningWorkers = startWorkers({ engine: connection, ledger, settings, platform: platform.platform, workers: options.workers ?? workers, pauseMs: 2 });
  const outbox = startOutbox({ engine: connection, ledger, webhooks: settings.webhooks, pollMs: 5 });

  const newest = async (processDefinitionId: string) => {
    const found = await client.searchProcessInstances({ filter: { processDefinitionId: processDefinitionId }, sort: [{ field: 'processInstanceKey', order: 'DESC' }] }, { consistency: { waitUpToMs: 0 } });
    const [instance] = found.items ?? [];
    if (instance?.processInstanceKey === undefined) throw new Error(`there is no instance of ${processDefinitionId}`);
    return instance;
  };
  const scenario: ReleaseScenario = {
    clock, engine, ledger, client, models, platform, people, outbox,
    async propose(more = {}) {
      const proposed = await proposeRelease(ledger, { service: 'risk', kind: 'promotion', model: candidate, source: 'hand', reference: '2', proposedBy: people.requester.userId, trainedBy: people.trainer.name, ...more });
      if (proposed.kind === 'refused') throw new Error(proposed.message);
      return proposed.release.releaseId;
    },
    async vote(releaseId, voter, vote = 'approve', more = {}) {
      const { decision } = (await releaseHistory(ledger, releaseId)) ?? {};
      const cast = await castVote(ledger, { releaseId, voter: voter.userId, vote, reason: 'because', evidenceDigest: decision?.bundleDigest ?? '', ...more });
      if (cast.kind === 'refused') throw new Error(cast.message);
    },
    async approve(releaseId) {
      await scenario.waitsAt('model-promotion', 'await-go-live-decision');
      await scenario.vote(releaseId, people.approver);
      await scenario.vote(releaseId, people.owner);
    },
    state: (releaseId, wanted) =>
      vi.waitFor(async () => {
        const found = await getLifecycle(ledger, releaseId);
        if (found?.state !== wanted) throw new Error(`the release is ${found?.state}, not ${wanted}`);
        return found;
      }, usual),
    waitsAt: (processId, elementId) =>
      vi.waitFor(async () => {
        const { processInstanceKey } = await newest(processId);
        const found = await client.searchElementInstances({ filter: { processInstanceKey, elementId: elementId as never, state: 'ACTIVE' } }, { consistency: { waitUpToMs: 0 } });
        if ((found.items ?? []).length === 0) throw new Error(`${processId} does not wait at ${elementId}:\n${await traceOf(client, processInstanceKey)}`);
      }, usual),
    async codes(releaseId) {
      return ((await releaseHistory(ledger, releaseId))?.moves ?? []).map(({ to, code }) => `${to} ${code}`);
    },
    pass(ms) {
      clock.pin(clock.now() + ms);
      outbox.wake();
    },
    async passAt(elementId, ms, processId = 'model-promotion') {
      await scenario.waitsAt(processId, elementId);
      scenario.pass(ms);
    },
    async canaryOver(releaseId, shares = [10, 50, 100]) {
      for (const share of shares) {
        await scenario.shareIs(releaseId, share);
        scenario.pass(dayMs);
      }
    },
    async shareIs(releaseId, share) {
      await vi.waitFor(async () => {
        const { processInstanceKey } = await newest('model-promotion');
        const found = await client.searchVariables({ filter: { processInstanceKey, name: 'share' } }, { consistency: { waitUpToMs: 0 } });
        if ((found.items ?? [])[0]?.value !== String(share)) throw new Error(`the share of ${releaseId} is not ${share}`);
      }, usual);
      await scenario.waitsAt('model-promotion', 'canary-waits');
    },
    async stepNow(releaseId, elementId) {
      await scenario.waitsAt('model-promotion', elementId);
      const asked = await askNextStep(ledger, { releaseId, by: people.approver.userId });
      if (asked.kind === 'refused') throw new Error(asked.message);
    },
    trace: (processId) =>
      vi.waitFor(async () => {
        const { processInstanceKey, state } = await newest(processId);
        const steps = await traceOf(client, processInstanceKey);
        if (state !== 'COMPLETED') throw new Error(`the instance is ${state}:\n${steps}`);
        return steps;
      }, usual),
    ended: (releaseId, endId) =>
      vi.waitFor(async () => {
        const instances = await client.searchVariables({ filter: { name: 'releaseId', value: JSON.stringify(releaseId) } }, { consistency: { waitUpToMs: 0 } });
        for (const { processInstanceKey } of instances.items ?? []) {
          if (processInstanceKey === undefined) continue;
          const found = await client.searchElementInstances({ filter: { processInstanceKey, elementId: endId as never, state: 'COMPLETED' } }, { consistency: { waitUpToMs: 0 } });
          if ((found.items ?? []).length > 0) return;
        }
        throw new Error(`no process of ${releaseId} ended at ${endId}`);
      }, usual),
    reminded: (releaseId) =>
      vi.waitFor(async () => {
        const alarms = (await releaseHistory(ledger, releaseId))?.alarms ?? [];
        if (!alarms.some(({ kind }) => kind === 'overdue')) throw new Error('nobody was reminded');
        const { items = [] } = await client.searchElementInstances({ filter: { elementName: 'People reminded' } }, { consistency: { waitUpToMs: 0 } });
        if (items.length === 0) throw new Error('the reminder is not over');
      }, usual),
    steps: (processId, elementId) =>
      vi.waitFor(async () => {
        const lines = (await traceOf(client, (await newest(processId)).processInstanceKey)).trim().split('\n');
        if (!lines.some((line) => line.startsWith(`${elementId} `))) throw new Error(`${processId} was not at ${elementId}`);
        return lines;
      }, usual),
    twice: (processId, elementId) =>
      vi.waitFor(async () => {
        const { processInstanceKey } = await newest(processId);
        const lines = (await traceOf(client, processInstanceKey)).split('\n').filter((line) => line.startsWith(`${elementId} completed`));
        if (lines.length < 2) throw new Error(`${elementId} was completed ${lines.length} times`);
      }, usual),
    async newestRelease() {
      const page = await listLifecycles(ledger, { services: ['risk'], limit: 1 });
      const [found] = page.kind === 'page' ? page.items : [];
      if (found === undefined) throw new Error('there is no release');
      return found;
    },
    async close() {
      await running.stop();
      await outbox.stop();
      await engine.close();
      await ledger.close();
      await models.close();
      rmSync(data, { recursive: true });
    },
  };
  return scenario;
}

function reply({ method, path, body }: Call, answer: (name: string, amount: number) => Reply): Reply {
  if (method === 'GET') return { status: 404, body: { detail: 'Not Found' } };
  const name = /models\/([^/:]+)/.exec(path)?.[1] ?? '';
  const { instances } = body as { instances: number[][] };
  return answer(name, instances[0]?.[0] ?? 0);
}

function writeRows(folder: string): void {
  for (const [name, count] of [['held-out', 60], ['certify', 180]] as const) writeFileSync(join(folder, `${name}.jsonl`), rows(count).map((row) => JSON.stringify(row)).join('\n'));
}

function serviceOf(options: ReleaseScenarioOptions): Partial<DecisionServiceDefinition> {
  return {
    promise: { ...serviceDefinition.promise, errorReference: 'historical-outcome' },
    evaluation: {
      heldOut: 'held-out.jsonl', certify: 'certify.jsonl', segments: [], minimumSegment: 30, latencyLimitMs: 5_000, margin: 0.02, demoFigures: false,
      shadow: { looks: [20, 40], maxDays: 10 }, canary: { steps: [10, 50, 100], stepHours: 24 }, failureLimit: 0.02, validDays: 90, leadDays: 30,
      ...options.evaluation,
    },
    ...options.service,
  };
}

async function deployAll(client: EngineClient): Promise<void> {
  for (const folder of folders) {
    const names = readdirSync(`processes/${folder}`).filter((name) => /\.(bpmn|dmn)$/.test(name));
    const files = [...names.map((name) => [name, readFileSync(`processes/${folder}/${name}`, 'utf8')] as const), ...(folder === 'anomaly-routing' ? [['review-risk.form', form] as const] : [])];
    await client.createDeployment({ resources: files.map(([name, content]) => new File([content], name)) });
  }
}
