/** What the growth bench grows: one dimension at a time, and the commands whose cost it watches meanwhile. */
import type { DatabaseSync } from 'node:sqlite';
import type { Engine } from '../../../engine/index.ts';

/** Calls the engine's REST facade in this process; throws on anything but a 2xx. */
export type Ask = (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;

export type Command = { readonly name: string; readonly run: (ask: Ask) => Promise<unknown>; /** Not measured: what stands between two commands that are. */ readonly isHidden?: true };

export type Dimension = {
  /** Also the name of its picture. */
  readonly name: string;
  readonly title: string;
  /** Of the axis, with its unit. */
  readonly axis: string;
  readonly sizes: readonly number[];
  readonly shortSizes: readonly number[];
  /** Deploys what is needed. */
  prepare(ask: Ask): Promise<unknown>;
  /** Adds what is still missing; numbers count from 0. */
  add(ask: Ask, index: number): Promise<unknown>;
  /** One round of commands, in their order; together they leave the size as it is. `db` is the store before the engine opens it. */
  round(size: number, db: DatabaseSync): readonly Command[];
  /** So many rounds; many, unless a round makes the store grow. */
  readonly rounds?: number;
  /** What is read at each size. */
  readonly reads?: readonly { readonly name: string; readonly run: (ask: Ask) => Promise<unknown> }[];
};

export function createAsk(engine: Engine): Ask {
  const signal = new AbortController().signal;
  return async (method, path, body) => {
    const isForm = body instanceof FormData;
    const response = isForm ? new Response(body) : undefined;
    const bytes = response === undefined ? (body === undefined ? undefined : Buffer.from(JSON.stringify(body))) : new Uint8Array(await response.arrayBuffer());
    const answer = await engine.handle({ method, path, headers: { 'content-type': response?.headers.get('content-type') ?? 'application/json' }, body: bytes, signal });
    const text = typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body ?? []).toString('utf8');
    if (answer.status >= 300) throw new Error(`${method} ${path} was answered with ${answer.status}: ${text.slice(0, 300)}`);
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  };
}

/** Deploys one diagram. */
export async function deploy(ask: Ask, name: string, xml: string): Promise<void> {
  const form = new FormData();
  form.append('resources', new File([xml], `${name}.bpmn`, { type: 'text/xml' }));
  await ask('POST', '/deployments', form);
}

export async function start(ask: Ask, processDefinitionId: string, variables: Record<string, unknown> = {}): Promise<string> {
  return String((await ask('POST', '/process-instances', { processDefinitionId, variables }))['processInstanceKey']);
}

/** Keys of a query, at most so many, spread evenly over all that there are; `size` is about how many that is. One by one: the probe's own memory is measured. */
export function spread(db: DatabaseSync, sql: string, size: number, most = 2_000): string[] {
  const step = Math.max(1, Math.floor(size / most));
  const keys: string[] = [];
  let index = 0;
  for (const row of db.prepare(sql).iterate()) if (index++ % step === 0 && keys.length < most) keys.push(String(row['key']));
  return keys;
}
