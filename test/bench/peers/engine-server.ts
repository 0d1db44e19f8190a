/** `npm run engine` as a child process: the engine's HTTP facade, on a free port. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const program = join(import.meta.dirname, '../../../engine/main.ts');

export type EngineServer = { readonly address: string; readonly processId: number; close(): Promise<void> };

export async function startEngineServer(folder: string): Promise<EngineServer> {
  const child = spawn(process.execPath, [program, '--port', '0', '--data', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /runs at (\S+) /.exec(line)?.[1];
    if (address === undefined) continue;
    return {
      address,
      processId: child.pid ?? 0,
      async close() {
        child.kill('SIGTERM');
        await ended;
      },
    };
  }
  throw new Error('The engine ended before it listened.');
}
