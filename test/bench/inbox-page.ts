/** Time to the inbox's first page while many tasks are open. */
import { readDemoCases } from '../../api/demo/demo-cases.ts';
import { replayCases } from '../../api/demo/replay-cases.ts';
import { pool, type Timing } from './measure.ts';
import type { ServedProduct } from './served-product.ts';

export type InboxFigures = { openTasks: number; firstMs: number; page: Timing };

/** Fills the inbox with pilot cases, which all go to people, and reads the first page of "my groups" as the expert. */
export async function measureInbox({ url, apiKey, engineKey, users }: ServedProduct, openTasks: number): Promise<InboxFigures> {
  const heldOut = await readDemoCases('credit-risk', 'held-out');
  const cases = Array.from({ length: openTasks }, (_, index) => heldOut[index % heldOut.length]).filter((one) => one !== undefined);
  await replayCases({ url, apiKey, engineKey: engineKey.secret, service: 'credit-risk', cases, run: 'bench', concurrency: 32 });
  const cookie = await signIn(url, users.find(({ name }) => name === 'expert'));
  const read = async () => {
    const response = await fetch(`${url}/api/inbox/tasks?list=groups`, { headers: { cookie } });
    if (!response.ok) throw new Error(`the inbox answered ${response.status}`);
    await response.arrayBuffer();
  };
  const before = performance.now();
  await read();
  const firstMs = Math.round((performance.now() - before) * 10) / 10;
  return { openTasks, firstMs, page: await pool(30, 1, read) };
}

async function signIn(url: string, user: { name: string; password: string } | undefined): Promise<string> {
  const response = await fetch(`${url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: user?.name, password: user?.password }) });
  if (!response.ok) throw new Error(`sign-in was refused with ${response.status}`);
  return response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
}
