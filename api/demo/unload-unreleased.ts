/** Leaves in the local model server only what the demo has released, so that promoting the next version really loads it. */
import { request } from 'undici';
import { z } from 'zod';

const Index = z.array(z.object({ name: z.string(), state: z.string(), parameters: z.object({ family: z.string() }) }));

/** Other versions of the same families are unloaded; repeating it changes nothing. */
export async function unloadUnreleased(modelServerUrl: string, released: readonly string[]): Promise<void> {
  const all = Index.parse(await post(modelServerUrl, 'index'));
  const families = new Set(all.filter(({ name }) => released.includes(name)).map(({ parameters }) => parameters.family));
  const idle = all.filter(({ name, state, parameters }) => state === 'READY' && families.has(parameters.family) && !released.includes(name));
  for (const { name } of idle) await post(modelServerUrl, `models/${encodeURIComponent(name)}/unload`);
}

async function post(modelServerUrl: string, path: string): Promise<unknown> {
  const { statusCode, body } = await request(new URL(`/v2/repository/${path}`, modelServerUrl), { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`The local model server answered ${statusCode} to ${path}: ${text.slice(0, 200)}`);
  return JSON.parse(text);
}
