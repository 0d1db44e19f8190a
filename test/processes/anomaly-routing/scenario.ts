// The whole way of a case in one process: engine and ledger in memory, workers and outbox on the SDK, a model server on loopback, a clock that stands still.
import { mkdirSync, readFileSync } from 'node:fs';
import { vi } from 'vitest';
import { createClock, openEngine, type ControlledClock, type Engine } from '../../../engine/index.ts';
import { getCase, openLedger, storeBlindVerdict, storeFinalVerdict, type Case, type Ledger } from '../../../ledger/index.ts';
import { createEngineClient, ProcessInstanceKey, startOutbox, startWorkers, workers, type EngineClient, type RunningOutbox, type RunningWorkers, type WorkerSettings } from '../../../workers/index.ts';
import { routingTableDigest } from '../../../workers/deployed-routing-table.ts';
import { defaultWorkerSettings } from '../../../workers/settings.ts';
import { fillLedger, newCase, start, type LedgerOptions } from '../../workers/ledger-fixture.ts';
import { startFakeModelServer, type Call, type FakeModelServer, type Reply } from '../../workers/serving/fake-model-server.ts';

const folder = 'processes/anomaly-routing';
export const table = readFileSync(`${folder}/routing.dmn`, 'utf8');
const diagram = readFileSync(`${folder}/anomaly-routing.bpmn`, 'utf8');
const form = JSON.stringify({ id: 'review-risk', type: 'default', schemaVersion: 17, executionPlatform: 'Camunda Cloud', executionPlatformVersion: '8.6.0', components: [] });

export type ScenarioOptions = LedgerOptions & {
  /** What the model server answers to `:predict` and `:explain`; metadata are never known. */
  model?: (call: Call) => Reply;
  settings?: Partial<WorkerSettings>;
  dataDir?: string;
  /** Searches of the engine show the state of that long ago, as a cluster's do. */
  searchDelayMs?: number;
};

export type Task = { userTaskKey: string; elementId: string; candidateGroups: string[]; priority: number };

export type Scenario = {
  clock: ControlledClock;
  engine: Engine;
  ledger: Ledger;
  client: EngineClient;
  models: FakeModelServer;
  outbox: RunningOutbox;
  deploy(dmn: string): Promise<void>;
  send(more?: Parameters<typeof newCase>[1]): Promise<Case>;
  decided(caseId: string): Promise<Case>;
  /** The open user task of the case's instance, once it is there; `after`: another one than this. */
  task(caseId: string, elementId: string, after?: Task): Promise<Task>;
  /** A blind verdict, and a final one where it differs from the suggestion; then the undo window passes. */
  answer(caseId: string, task: Task, given: { class: string; finally?: string } | 'cannot-judge', reviewer?: string): Promise<void>;
  pass(ms: number): void;
  /** Waits until the instance is over and tells its way: one line per element instance, in order of activation. */
  trace(caseId: string): Promise<string>;
  close(): Promise<void>;
};

export const granted: Reply = { body: { predictions: [{ label: 'grant', probabilities: { grant: 0.9, decline: 0.1 } }] } };
const explained: Reply = { body: { predictions: [0], explanations: [{ method: 'shapley-sampling', class: 'grant', base_value: 0.7, prediction: 0.9, attributions: { amount: 0.2 }, tolerance: 1e-6 }] } };
export const says = (grant: number): Reply => ({ body: { predictions: [{ label: grant >= 0.5 ? 'grant' : 'decline', probabilities: { grant, decline: 1 - grant } }] } });

const usual = { interval: 5, timeout: 15_000 };

export async function openScenario(options: ScenarioOptions = {}): Promise<Scenario> {
  const clock = createClock();
  clock.pin(start);
  const { dataDir } = options;
  if (dataDir !== undefined) mkdirSync(`${dataDir}/engine`);
  const engine = openEngine({ file: dataDir === undefined ? ':memory:' : `${dataDir}/engine/engine.db`, clock, ...(options.searchDelayMs === undefined ? {} : { searchDelayMs: options.searchDelayMs }) });
  const ledger = await openLedger({ clock, ...(dataDir === undefined ? { inMemory: true } : { dataDir: `${dataDir}/ledger` }) });
  const predict = options.model ?? (() => granted);
  const models = await startFakeModelServer((call) => {
    if (call.method === 'GET') return { status: 404, body: { detail: 'Not Found' } };
    const own = predict(call);
    return call.path.endsWith(':explain') && own.status === undefined ? explained : own;
  });
  const connection = { fetch: engine.fetch };
  const client = createEngineClient(connection);
  const usualSettings = defaultWorkerSettings({ servingAddress: () => models.url, allowPrivateWebhooks: true });
  const settings: WorkerSettings = { ...usualSettings, serving: { ...usualSettings.serving, firstPauseMs: 1, maxPauseMs: 2, timeLimitMs: 200, attempts: 2 }, ...options.settings };
  const deploy = async (dmn: string) => {
    const files = [['anomaly-routing.bpmn', diagram], ['routing.dmn', dmn], ['review-risk.form', form]] as const;
    await client.createDeployment({ resources: files.map(([name, content]) => new File([content], name)) });
  };
  await deploy(table);
  await fillLedger(ledger, { routingTableDigest: routingTableDigest(table), ...options });
  const running: RunningWorkers = startWorkers({ engine: connection, ledger, settings, workers, pauseMs: 2 });
  const outbox = startOutbox({ engine: connection, ledger, webhooks: settings.webhooks, pollMs: 5 });

  const instanceOf = async (caseId: string) => {
    const key = await vi.waitFor(async () => {
      const found = (await getCase(ledger, caseId))?.binding?.processInstanceKey;
      if (found === undefined) throw new Error('the case is not bound to an instance');
      return found;
    }, usual);
    return ProcessInstanceKey.assumeExists(key);
  };
  const pass = (ms: number) => {
    clock.pin(clock.now() + ms);
    outbox.wake();
  };

  return {
    clock, engine, ledger, client, models, outbox, deploy, pass,
    send: (more) => newCase(ledger, more),
    decided: (caseId) =>
      vi.waitFor(async () => {
        const found = await getCase(ledger, caseId);
        if (found?.decision == null) throw new Error('the case is not decided');
        return found;
      }, usual),
    async task(caseId, elementId, after) {
      const processInstanceKey = await instanceOf(caseId);
      return vi.waitFor(async () => {
        const found = await client.searchUserTasks({ filter: { processInstanceKey, state: 'CREATED' } }, { consistency: { waitUpToMs: 0 } });
        const [task] = (found.items ?? []).filter((one) => one.elementId === elementId && one.userTaskKey !== after?.userTaskKey);
        if (task?.userTaskKey === undefined) throw new Error(`there is no open user task ${elementId}`);
        return { userTaskKey: task.userTaskKey, elementId, candidateGroups: task.candidateGroups ?? [], priority: task.priority ?? 50 };
      }, usual);
    },
    async answer(caseId, task, given, reviewer = 'expert-1') {
      const { userTaskKey } = task;
      const purpose = task.elementId as 'review' | 'second-review' | 'adjudication';
      const answer = given === 'cannot-judge' ? { kind: given } : { kind: 'class' as const, class: given.class };
      const blind = await storeBlindVerdict(ledger, { caseId, userTaskKey, reviewer, purpose, answer });
      if (blind.kind === 'refused') throw new Error(blind.message);
      if (given !== 'cannot-judge' && given.finally !== undefined) {
        const final = await storeFinalVerdict(ledger, { caseId, userTaskKey, reviewer, class: given.finally, text: 'MARKED-TEXT because' });
        if (final.kind === 'refused') throw new Error(final.message);
      }
      pass(5_001);
    },
    async trace(caseId) {
      const processInstanceKey = await instanceOf(caseId);
      await vi.waitFor(async () => {
        const { state } = await client.getProcessInstance({ processInstanceKey }, { consistency: { waitUpToMs: 0 } });
        if (state !== 'COMPLETED') throw new Error(`the instance is ${state}`);
      }, usual);
      return traceOf(client, processInstanceKey);
    },
    async close() {
      await running.stop();
      await outbox.stop();
      await engine.close();
      await ledger.close();
      await models.close();
    },
  };
}

/** Element id and how it ended, in order of activation. */
export async function traceOf(client: EngineClient, processInstanceKey: ReturnType<typeof ProcessInstanceKey.assumeExists>): Promise<string> {
  const found = await client.searchElementInstances({ filter: { processInstanceKey }, page: { limit: 200 } }, { consistency: { waitUpToMs: 0 } });
  const steps = (found.items ?? []).toSorted((a, b) => (BigInt(a.elementInstanceKey ?? 0) < BigInt(b.elementInstanceKey ?? 0) ? -1 : 1));
  return `${steps.map(({ elementId, state, type }) => `${elementId} ${String(state).toLowerCase()} (${String(type).toLowerCase().replaceAll('_', ' ')})`).join('\n')}\n`;
}
