/** Starts the whole product as a child process on a data folder, as `npm start` does, so that a test can kill it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');

const FirstRun = z.object({
  url: z.string(),
  users: z.array(z.object({ name: z.string(), role: z.string(), password: z.string() })),
  apiKey: z.string(),
  engineKey: z.object({ id: z.string(), secret: z.string() }),
});
export type FirstRun = z.infer<typeof FirstRun>;

export type ServerOptions = { dataDir: string; port: number; env?: Record<string, string>; /** Preloaded (`node --import`), path from the root. */ preload?: string };

export type ServerProcess = {
  url: string;
  child: ChildProcess;
  /** All that the server printed so far. */
  output: () => string;
  firstRun: () => FirstRun;
  /** SIGKILL: no goodbye. Resolves when the process is gone. */
  kill: () => Promise<void>;
  /** SIGTERM: an orderly end. */
  stop: () => Promise<void>;
  /** Resolves with the exit code (null after a signal) when the process is gone. */
  gone: Promise<number | null>;
};

/** A port of this machine that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

/** Starts the server and resolves when it is ready to take cases. */
export async function startServerProcess(options: ServerOptions): Promise<ServerProcess> {
  const server = spawnServerProcess(options);
  await untilReady(server);
  return server;
}

/** Starts the server and does not wait: for a test that kills it while it starts, or sees it refuse to. */
export function spawnServerProcess(options: ServerOptions): ServerProcess {
  const child = spawn(process.execPath, [...(options.preload === undefined ? [] : ['--import', `./${options.preload}`]), 'api/main.ts'], {
    cwd: root,
    env: { ...process.env, STELLWERK_DATA: options.dataDir, STELLWERK_PORT: String(options.port), STELLWERK_UI: 'skip', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { output += chunk.toString(); });
  const gone = new Promise<number | null>((resolve) => child.once('close', (code) => { resolve(code); }));
  const end = async (signal: NodeJS.Signals) => { child.kill(signal); await gone; };
  return {
    url: `http://127.0.0.1:${options.port}`,
    child,
    output: () => output,
    firstRun: () => FirstRun.parse(JSON.parse(readFileSync(join(options.dataDir, 'first-run.json'), 'utf8'))),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    gone,
  };
}

/** Throws with all that the server printed where it ends before it is ready, or is not ready within two minutes. */
export async function untilReady(server: ServerProcess): Promise<void> {
  let ended = false;
  void server.gone.then(() => { ended = true; });
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    if (ended) throw new Error(`the server ended before it was ready:\n${server.output()}`);
    const answer = await fetch(`${server.url}/api/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await server.kill();
  throw new Error(`the server was not ready within 120 s:\n${server.output()}`);
}
