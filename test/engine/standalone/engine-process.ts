// Starts `npm run engine` as a process of its own, so that a test can talk to it, kill it, or see it refuse to start.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

export type EngineProcess = {
  /** Without `/v2`, as clients take it. */
  address: string;
  processId: number;
  output: () => string;
  signal: (name: NodeJS.Signals) => void;
  /** Resolves with the exit code (null after a signal) when the process is gone. */
  gone: Promise<number | null>;
};

/** What has started; a test ends all of it. */
const running = new Set<EngineProcess>();

/** Starts the engine and resolves when it says where it runs, or when it is gone. */
export async function startEngineProcess(words: readonly string[]): Promise<EngineProcess> {
  const child = spawn(process.execPath, ['engine/main.ts', ...words], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let told = () => {};
  const saysWhere = new Promise<void>((resolve) => { told = resolve; });
  const read = (chunk: Buffer) => {
    output += chunk.toString();
    if (output.includes('The engine runs at ')) told();
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const gone = new Promise<number | null>((resolve) => child.once('close', resolve));
  await Promise.race([saysWhere, gone]);
  const started: EngineProcess = {
    address: /The engine runs at (\S+)\/v2/.exec(output)?.[1] ?? '', processId: child.pid ?? 0, output: () => output, signal: (name) => { child.kill(name); }, gone: gone.finally(() => running.delete(started)),
  };
  running.add(started);
  return started;
}

export async function endAll(): Promise<void> {
  for (const one of running) one.signal('SIGKILL');
  await Promise.all([...running].map(({ gone }) => gone));
}
