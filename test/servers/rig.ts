/**
 * Real Kubernetes API, Kubeflow Pipelines and Model Registry servers for tests, where the folder `shared/` stands beside the
 * checkout: started on free ports in a folder of their own, stopped and removed by the run that started them.
 */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createPlatform } from '../../workers/kubeflow/create-platform.ts';
import type { Platform } from '../../workers/kubeflow/ports.ts';
import { defaultCallLimits, type KServeMode, type PlatformSettings, type ServiceSettings } from '../../workers/kubeflow/settings.ts';
import { createKubernetesHand, type KubernetesHand } from './kubernetes-hand.ts';

const run = promisify(execFile);
const folder = join(import.meta.dirname, '../../../shared/servers');
const script = join(folder, 'servers');

/** Null, or a sentence that says why they cannot be started. */
export const whyNoServers: string | null = findOutWhyNot();

/** A compiled pipeline of two tasks (`n_estimators`, `threshold`). */
export const pipelineYaml = (): Promise<string> => readFile(join(folder, 'train-pipeline.yaml'), 'utf8');

export type RunPhase = 'Running' | 'Succeeded' | 'Failed' | 'Error';

export type Rig = {
  kubeconfig: string;
  /** A kubeconfig whose account may read only. */
  readerKubeconfig: string;
  /** A kubeconfig of the admin's context with another token or server. */
  kubeconfigWith(token: string, server?: string): Promise<string>;
  kubernetesUrl: string;
  /** PEM of the Kubernetes API's certificate. */
  certificate: string;
  pipelinesUrl: string;
  registryUrl: string;
  /** The product's own ports on these servers. */
  platform(options?: PlatformOptions): Platform;
  settings(options?: PlatformOptions): PlatformSettings;
  /** The Kubernetes API as a person or a controller uses it, past our client. */
  kubernetes(namespace: string): KubernetesHand;
  /** What Argo and the persistence agent do: the run's Workflow gets the phase, and the API server hears of it. */
  reportRun(runId: string, phase: RunPhase, message?: string): Promise<void>;
  stop(): Promise<void>;
};

export type PlatformOptions = { namespace?: string; mode?: KServeMode; kubeconfig?: string; pipelinesUrl?: string; registryUrl?: string; modelServer?: () => string };

/** Where one run's servers are; `test/servers/start-once.ts` hands it to all test files in this variable. */
const handedOver = 'STELLWERK_TEST_RIG';

type Servers = { work: string; env: Record<string, string>; kubernetesPort: number; kubeconfig: string; pipelinesUrl: string; registryUrl: string };

/** The servers of this run, or servers of its own where it has none (10 to 30 s). */
export async function startRig(): Promise<Rig> {
  const given = process.env[handedOver];
  if (given !== undefined) return openRig(JSON.parse(given) as Servers, async () => undefined);
  const servers = await startServers();
  return openRig(servers, () => stopServers(servers));
}

/** For the set-up of a whole run; answers with what to do at its end. */
export async function startOnce(): Promise<() => Promise<void>> {
  const servers = await startServers();
  process.env[handedOver] = JSON.stringify(servers);
  return () => stopServers(servers);
}

async function startServers(): Promise<Servers> {
  const work = await mkdtemp(join(tmpdir(), 'stellwerk-rig-'));
  const [kubernetesPort, mariadb, registry, s3] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const pipelines = await freePortWithSecond(1_000);
  const ports = { KUBERNETES_PORT: kubernetesPort, MARIADB_PORT: mariadb, REGISTRY_PORT: registry, PIPELINES_PORT: pipelines, S3_PORT: s3 };
  const env = { SERVERS_DIR: work, ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])) };
  try {
    const { stdout } = await run(script, ['start', 'kubernetes', 'model-registry', 'pipelines'], { env: { ...process.env, ...env }, timeout: 120_000 });
    return { work, env, kubernetesPort, kubeconfig: printed(stdout, 'KUBECONFIG'), pipelinesUrl: printed(stdout, 'KUBEFLOW_PIPELINES_URL'), registryUrl: printed(stdout, 'MODEL_REGISTRY_URL') };
  } catch (error) {
    await stopServers({ work, env });
    throw error;
  }
}

async function stopServers({ work, env }: Pick<Servers, 'work' | 'env'>): Promise<void> {
  await run(script, ['stop', 'all'], { env: { ...process.env, ...env } });
  await rm(work, { recursive: true, force: true, maxRetries: 5 });
}

async function openRig({ work, kubernetesPort, kubeconfig, pipelinesUrl, registryUrl }: Servers, stop: () => Promise<void>): Promise<Rig> {
  const asAdmin = await readFile(kubeconfig, 'utf8');
  const certificate = await readFile(join(work, 'kubernetes', 'pki', 'apiserver.crt'), 'utf8');
  const writeKubeconfig = async (text: string) => {
    const file = join(work, 'kubernetes', `kubeconfig-${newNamespace()}`);
    await writeFile(file, text);
    return file;
  };
  const settings = (options: PlatformOptions = {}): PlatformSettings => ({
    kserve: { namespace: options.namespace ?? 'default', mode: options.mode ?? 'Knative', kubeconfig: [options.kubeconfig ?? kubeconfig] },
    pipelines: openService(options.pipelinesUrl ?? pipelinesUrl),
    registry: openService(options.registryUrl ?? registryUrl),
    serviceProperty: 'decision_service',
    modelServer: options.modelServer ?? (() => 'http://127.0.0.1:1'),
    localRegistryFile: join(work, 'local-registry.json'),
    limits: { ...defaultCallLimits, firstPauseMs: 20 },
  });
  return {
    kubeconfig,
    readerKubeconfig: await writeKubeconfig(asAdmin.replace('current-context: admin', 'current-context: reader')),
    kubeconfigWith(token, server) {
      const text = asAdmin.replace('admin-token', token);
      return writeKubeconfig(server === undefined ? text : text.replace(/server: "[^"]+"/, `server: "${server}"`));
    },
    kubernetesUrl: `https://127.0.0.1:${kubernetesPort}`,
    certificate,
    pipelinesUrl,
    registryUrl,
    settings,
    platform: (options) => createPlatform(settings(options), { clock: { now: () => Date.now() }, random: () => 0.5, environment: {} }),
    kubernetes: (namespace) => createKubernetesHand({ server: `https://127.0.0.1:${kubernetesPort}`, certificate, token: 'admin-token', namespace }),
    async reportRun(runId, phase, message) {
      await run('python3', [join(folder, 'kfp_report.py'), pipelinesUrl, runId, phase, ...(message === undefined ? [] : [message])], { env: { ...process.env, KUBECONFIG: kubeconfig } });
    },
    stop,
  };
}

/** A namespace that no other test uses. */
export function newNamespace(): string {
  return `t-${Math.random().toString(36).slice(2, 10)}`;
}

function openService(url: string): ServiceSettings {
  return { url, token: { kind: 'none' }, caFile: null };
}

function printed(text: string, name: string): string {
  const value = new RegExp(`^${name}=(\\S+)$`, 'm').exec(text)?.[1];
  if (value === undefined) throw new Error(`${script} printed no ${name}: ${text}`);
  return value;
}

function findOutWhyNot(): string | null {
  if (!existsSync(script)) return `There is no ${script}: tests against real servers are left out.`;
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'The real servers are programs for Linux x64: tests against them are left out.';
  const missing = ['bash', 'kubectl', 'mariadbd', 'mariadb', 'xz', 'curl', 'python3'].filter((program) => !isInstalled(program));
  return missing.length === 0 ? null : `Not installed: ${missing.join(', ')}. Tests against real servers are left out.`;
}

function isInstalled(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => { resolve(typeof address === 'object' && address !== null ? address.port : 0); });
    });
  });
}

/** The pipelines server also listens `distance` above its port. */
async function freePortWithSecond(distance: number): Promise<number> {
  const port = await freePort();
  return port + distance > 65_535 ? freePortWithSecond(distance) : port;
}
