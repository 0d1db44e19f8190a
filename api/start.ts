/** The composition root: puts ledger, engine, model server, workers and HTTP together, and takes them apart in order. */
import { join } from 'node:path';
import { createClock, createSteadyTime, type ControlledClock } from '../engine/clock.ts';
import { openControlSocket } from '../engine/backup/index.ts';
import { openEngine, type Engine } from '../engine/index.ts';
import { countCases, inboxSecret, openLedger, type Ledger } from '../ledger/index.ts';
import {
  createEngineClient,
  createPlatform,
  createInferenceClient,
  defaultWorkerSettings,
  type EngineClient,
  type EngineConnection,
  type InferenceClient,
  type Platform,
  type WorkerSettings,
} from '../workers/index.ts';
import { createRateLimit } from './access/rate-limit.ts';
import { createClaims } from './inbox/claims.ts';
import { createInboxEvents } from './inbox/inbox-events.ts';
import { createInboxSeal } from './inbox/inbox-seal.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { Parts } from './parts.ts';
import { deployProcesses } from './run/deploy-processes.ts';
import { askCluster } from './run/ask-cluster.ts';
import { noBackground, startBackground } from './run/background.ts';
import { prepareFirstRun, type FirstRun, type FirstRunState } from './run/first-run.ts';
import { platformSettings } from './run/platform-settings.ts';
import { makeDataFolder } from './run/make-data-folder.ts';
import { modelsToLoad } from './run/models-to-load.ts';
import { startModelServerProcess, type ModelServerProcess } from './run/model-server-process.ts';
import { asListenRefusal } from './run/why-not-started.ts';
import { createServer } from './server.ts';
import type { Settings } from './settings.ts';
import { createInputValidator } from './validate-input.ts';

export type { FirstRun } from './run/first-run.ts';

/** The running product. */
export type Stellwerk = {
  url: string;
  settings: Settings;
  clock: ControlledClock;
  ledger: Ledger;
  /** Null with a cluster. */
  engine: Engine | null;
  /** Commands and searches of the engine, embedded or not. */
  engineClient: EngineClient;
  /** Serving deployment, pipelines and model registry: the configured ones, else the local model server. */
  platform: Platform;
  /** The model server, as the workers call it. */
  inference: InferenceClient;
  /** The local model server; null where another one is configured. */
  modelServer: ModelServerProcess | null;
  /** Accounts and keys of the first start; null where they were made before and the file was removed. */
  firstRun: FirstRun | null;
  /** Settles with `onFirstRun`; at once where there is nothing to do. */
  firstRunDone: Promise<void>;
  /** Takes no more requests, lets work under way finish, closes the stores. Repeating it changes nothing. */
  close(): Promise<void>;
};

export type StartOptions = {
  /** On a new data folder, before the server answers anybody: the demo opens its releases here. */
  beforeFirstRun?: (parts: Pick<Stellwerk, 'ledger' | 'inference' | 'clock' | 'modelServer'>) => Promise<void>;
  /**
   * On a new data folder, once the server answers: the demo replays its cases here. Both are called again at the next
   * start where this did not come to its end, so what they do must bear repeating.
   */
  onFirstRun?: (stellwerk: Stellwerk) => Promise<void>;
  /** For tests: a clock that they move, a log that they read, searches that lag, other limits of the workers. */
  clock?: ControlledClock;
  log?: Log;
  searchDelayMs?: number;
  workerSettings?: (settings: WorkerSettings) => WorkerSettings;
  /** Wraps the platform: tests count its calls and let them fail. */
  wrapPlatform?: (platform: Platform) => Platform;
};

/** Folder of the built pages. */
export const pagesFolder = join(import.meta.dirname, '../ui/dist');

const DAY_MS = 86_400_000;

/** How long a closing server waits for answers that are under way. */
const answerWithinMs = 5_000;

/** What to undo, newest first. */
type Closers = (() => Promise<void> | void)[];

/** Starts everything on the settings' data folder; on failure what was started is taken down again. */
export async function startStellwerk(settings: Settings, options: StartOptions = {}): Promise<Stellwerk> {
  const closers: Closers = [];
  const close = once(() => closeAll(closers));
  try {
    return await start(settings, options, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(settings: Settings, options: StartOptions, closers: Closers, close: () => Promise<void>): Promise<Stellwerk> {
  const log = options.log ?? createLog(settings.logLevel);
  const clock = options.clock ?? createClock(createSteadyTime({ onJump: (milliseconds) => { log.warn({ milliseconds }, "the machine's clock was set, or the machine slept: what is due now is done now, and no time comes twice"); } }));
  await makeDataFolder(settings.dataDir);
  // The ledger takes the folder's lock: a second server ends here, before it touches anything.
  const ledger = await openLedger({ dataDir: settings.dataDir, clock, ...(settings.acceptLoss.ledger === undefined ? {} : { acceptLoss: settings.acceptLoss.ledger }), ...(settings.acceptLoss.keys === undefined ? {} : { acceptLostKeys: settings.acceptLoss.keys }), ...(settings.databaseUrl === undefined ? {} : { databaseUrl: settings.databaseUrl }), ...(settings.masterKeyFile === undefined ? {} : { masterKeyFile: settings.masterKeyFile }) });
  closers.push(() => ledger.close());

  const { engine, connection } = openEnginePort(settings, options, { log, clock, ledger });
  if (engine !== null) {
    closers.push(() => engine.close());
    ledger.ordered.rely();
  }
  const control = await openControlSocket({
    folder: settings.dataDir,
    logger: log,
    ...backupRefusal(settings),
    afterBackup: () => { ledger.cleanKeyLog().catch((error: unknown) => { log.error({ error }, 'what a backup held of destroyed keys could not be overwritten; the next erasure or backup does it'); }); },
  });
  closers.push(() => control.close());
  const engineClient = createEngineClient(connection, log);
  if (settings.clusterAddress !== undefined) await askCluster(engineClient, settings.clusterAddress);
  const models = await openModelServer(settings, { log, ledger });
  if (models.process !== null) closers.push(models.process.close);
  const preset = defaultWorkerSettings({ servingAddress: models.address, allowPrivateWebhooks: settings.webhooksToPrivateAddresses, evaluationData: settings.evaluationData });
  const workerSettings = options.workerSettings?.(preset) ?? preset;

  const configured = createPlatform(platformSettings(settings, models.address), { clock, random: Math.random, environment: process.env });
  const platform = options.wrapPlatform?.(configured) ?? configured;

  const firstRun = await ledger.exclusively('first-run', () => prepareFirstRun(ledger, settings.dataDir));
  await deployProcesses({ client: engineClient, ledger, log });
  const inference = createInferenceClient(workerSettings.serving, clock);
  if (firstRun.pending) await options.beforeFirstRun?.({ ledger, inference, clock, modelServer: models.process });
  const background =
    settings.role === 'api'
      ? noBackground
      : startBackground({ connection, client: engineClient, ledger, settings: workerSettings, platform, registryServiceProperty: settings.registryServiceProperty, log, alone: engine !== null });
  closers.push(() => background.stop());

  const closing = new AbortController();
  const inboxEvents = createInboxEvents(ledger);
  const metrics = createMetrics({ ledger, embedded: engine, engine: () => ({ ...engine?.metrics() }), workers: background.jobs, lostCases: background.lostCases, shadow: background.shadow, registryWatch: background.registryWatch, erasure: background.erasure });
  const parts: Parts = {
    clock,
    log,
    ledger,
    platform,
    engine: engineClient,
    validateInput: createInputValidator(),
    claims: createClaims(clock),
    inboxSeal: createInboxSeal(await inboxSecret(ledger)),
    inboxEvents,
    metrics,
    limits: { signIn: createRateLimit(clock, settings.signInsPerMinute), start: createRateLimit(clock, settings.startsPerMinute) },
    privateCallbacks: workerSettings.webhooks.allowPrivateAddresses,
    secureCookies: settings.publicUrl?.startsWith('https://') ?? false,
    partsUp: async () => ({ ledger: await answers(countCases(ledger, {})), engine: await answers(engineClient.getTopology()), workers: true, 'model-server': models.isUp() }),
    closing: closing.signal,
  };
  const server = await createServer({ parts, engine, pages: pagesFolder, role: settings.role });
  closers.push(async () => {
    closing.abort();
    inboxEvents.close();
    metrics.close();
    // Held answers go out at once; a client that does not read its own is not waited for any longer.
    const insist = setTimeout(() => { server.server.closeAllConnections(); }, answerWithinMs);
    await server.close();
    clearTimeout(insist);
  });
  const url = await server.listen({ host: settings.host, port: settings.port }).catch((error: unknown) => { throw asListenRefusal(error, settings); });

  const accounts = await firstRun.publish(settings.publicUrl ?? url);
  const stellwerk: Stellwerk = { url, settings, clock, ledger, engine, engineClient, platform, inference, modelServer: models.process, firstRun: accounts, firstRunDone: Promise.resolve(), close };
  stellwerk.firstRunDone = runFirstTime(firstRun, stellwerk, options.onFirstRun);
  // Who does not wait for it is not ended by it.
  stellwerk.firstRunDone.catch((error: unknown) => { log.error({ error }, 'the first run did not come to its end; the next start repeats it'); });
  return stellwerk;
}

function openEnginePort(settings: Settings, options: StartOptions, { log, clock, ledger }: { log: Log; clock: ControlledClock; ledger: Ledger }): { engine: Engine | null; connection: EngineConnection } {
  if (settings.clusterAddress !== undefined) return { engine: null, connection: { address: settings.clusterAddress } };
  const engine = openEngine({
    file: join(settings.dataDir, 'engine.db'),
    clock,
    timeZone: settings.timeZone,
    ...(settings.acceptLoss.engine === undefined ? {} : { acceptLoss: settings.acceptLoss.engine }),
    logger: log,
    beforeCommit: ledger.ordered.sync,
    ...(settings.historyDays === null ? {} : { keepHistoryMs: settings.historyDays * DAY_MS }),
    ...(options.searchDelayMs === undefined ? {} : { searchDelayMs: options.searchDelayMs }),
  });
  return { engine, connection: { fetch: engine.fetch, workerFetch: engine.workerFetch } };
}

/** What lies elsewhere has backups of its own; the README says in which order. */
function backupRefusal({ databaseUrl, clusterAddress }: Settings): { refusal?: string } {
  if (databaseUrl === undefined && clusterAddress === undefined) return {};
  const where = [...(clusterAddress === undefined ? [] : ['the engine is a Camunda cluster']), ...(databaseUrl === undefined ? [] : ['the ledger is in PostgreSQL'])].join(' and ');
  return { refusal: `Of this server ${where}: back up first the engine, then the ledger with pg_dump, each with its own tool (README, "Operation").` };
}

type Models = { address: () => string; isUp: () => boolean; process: ModelServerProcess | null };

async function openModelServer(settings: Settings, { log, ledger }: { log: Log; ledger: Ledger }): Promise<Models> {
  const { modelServerUrl } = settings;
  if (modelServerUrl !== undefined) return { address: () => modelServerUrl, isUp: () => true, process: null };
  const process = await startModelServerProcess(log, () => modelsToLoad(ledger));
  return { address: process.address, isUp: process.isUp, process };
}

async function runFirstTime(firstRun: FirstRunState, stellwerk: Stellwerk, onFirstRun: StartOptions['onFirstRun']): Promise<void> {
  if (!firstRun.pending) return;
  await onFirstRun?.(stellwerk);
  await firstRun.done();
}

/** Newest first; one that fails does not keep the others open. */
async function closeAll(closers: Closers): Promise<void> {
  const errors: unknown[] = [];
  for (const closer of closers.toReversed()) {
    try {
      await closer();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, 'Some parts did not close in order.');
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= work());
}

async function answers(call: Promise<unknown>): Promise<boolean> {
  return call.then(() => true, () => false);
}
