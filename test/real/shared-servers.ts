/** Real counterparts of the product, where the folder `shared/` stands beside the checkout: its script starts and stops them. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const script = join(import.meta.dirname, '../../../shared/servers/servers');

/** Null, or a sentence that says why they cannot be started. */
export const whyNoServers: string | null = existsSync(script) ? null : `There is no ${script}: tests against real servers are left out.`;

export type RealServer = { url: string; stop: () => Promise<void> };

/** Starts one by its name, or takes the one that runs already, which is then left running. The first start of all fetches packages. */
export async function startRealServer(name: string): Promise<RealServer> {
  const { stdout: status } = await run(script, ['status']);
  const ranBefore = status.includes(`${name} running`);
  const { stdout } = await run(script, ['start', name], { timeout: 230_000 });
  const url = /^[A-Z_]+=(http\S+)$/m.exec(stdout)?.[1];
  if (url === undefined) throw new Error(`${script} start ${name} printed no address: ${stdout}`);
  return { url, stop: async () => { if (!ranBefore) await run(script, ['stop', name]); } };
}
