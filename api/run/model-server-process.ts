/** The local model server as a child process: inference never blocks the engine. Started anew, with growing pauses, where it dies. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Log } from '../log.ts';

export type ModelServerProcess = {
  /** Of the child that runs now, or of the last one. */
  address: () => string;
  isUp: () => boolean;
  /** Process id of the child that runs now: for tests that kill it. */
  pid: () => number | undefined;
  close: () => Promise<void>;
};

const program = join(import.meta.dirname, '../../models/server/main.ts');
const Ready = z.object({ url: z.url() });
const firstPauseMs = 200;
const longestPauseMs = 10_000;
const endWithinMs = 5_000;

/** Versions to load whenever the server starts; `all` for every one in its folder. */
export type ModelsToLoad = () => Promise<'all' | readonly string[]>;

/** Resolves when the server answers. Throws where it cannot be started at all. */
export async function startModelServerProcess(log: Log, modelsToLoad: ModelsToLoad = () => Promise.resolve('all')): Promise<ModelServerProcess> {
  let child = run(log, await loadArgument(modelsToLoad));
  let url = await readyUrl(child);
  let up = true;
  let closed = false;
  let pauseMs = firstPauseMs;
  let timer: NodeJS.Timeout | undefined;

  const watch = (one: ChildProcess) => {
    one.once('exit', (code, signal) => {
      up = false;
      if (closed) return;
      log.warn({ code, signal, pauseMs }, 'the model server ended; cases go to people until it is back');
      timer = setTimeout(() => { restart().catch((error: unknown) => { log.error({ error }, 'the model server could not be started again'); }); }, pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    });
  };
  const restart = async () => {
    const load = await loadArgument(modelsToLoad);
    if (closed) return;
    // The same port: who holds the address keeps a right one.
    child = run(log, load, new URL(url).port);
    watch(child);
    readyUrl(child).then((next) => {
      url = next;
      up = true;
      pauseMs = firstPauseMs;
      log.info({ url }, 'the model server is back');
    }, (error: unknown) => { log.warn({ error }, 'the model server did not come back'); });
  };
  watch(child);
  return {
    address: () => url,
    isUp: () => up,
    pid: () => child.pid,
    async close() {
      closed = true;
      clearTimeout(timer);
      await end(child);
    },
  };
}

/** The child ends with its standard input: it never outlives this process, even when that is killed. */
function run(log: Log, load: string, port = '0'): ChildProcess {
  const child = spawn(process.execPath, [program, '--port', port, '--load', load, '--exit-with-stdin'], { stdio: ['pipe', 'pipe', 'pipe'] });
  if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', (line) => { log.warn({ line }, 'model server'); });
  return child;
}

async function loadArgument(modelsToLoad: ModelsToLoad): Promise<string> {
  const names = await modelsToLoad();
  return names === 'all' || names.length === 0 ? 'all' : names.join(',');
}

async function readyUrl(child: ChildProcess): Promise<string> {
  const { stdout } = child;
  if (stdout === null) throw new Error('The model server has no standard output.');
  const first = await new Promise<string>((resolve, reject) => {
    createInterface({ input: stdout }).once('line', resolve);
    child.once('error', reject);
    child.once('exit', (code) => { reject(new Error(`The local model server ended with ${code ?? 'a signal'} before it was ready. Start it alone with "npm run models" to see why.`)); });
  });
  return Ready.parse(JSON.parse(first)).url;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => { child.once('exit', () => { resolve(); }); });
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), endWithinMs);
  await gone;
  clearTimeout(insist);
}
