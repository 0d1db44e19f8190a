/** Compares what the ledger and the engine hold after the kills: the two stores are joined by the outbox only, so this is where a gap would show. */
import { z } from 'zod';
import { pause, request } from './callers.ts';

const Page = z.object({ items: z.array(z.record(z.string(), z.unknown())), page: z.object({ totalItems: z.number(), endCursor: z.string().nullish() }) });
export type Row = Record<string, unknown>;

/** What the engine holds of all cases. */
export type EngineState = {
  /** Process instance keys by case id: more than one would be a case that was started twice. */
  instancesByCase: Map<string, string[]>;
  stateByInstance: Map<string, unknown>;
  /** Processes of the instances that carry no case. */
  withoutCase: string[];
  /** Process instance key of each open user task. */
  openTasks: string[];
  incidents: Row[];
  /** Jobs that nobody has ended. */
  unfinishedJobs: Row[];
};

export async function readEngine(url: string, secret: string): Promise<EngineState> {
  const search = (what: string, filter: Row = {}) => searchEngine(url, secret, what, filter);
  const instances = await search('process-instances');
  const variables = await search('variables', { name: 'caseId' });
  const instancesByCase = new Map<string, Set<string>>();
  for (const { value, processInstanceKey } of variables) {
    const caseId = String(JSON.parse(String(value)));
    instancesByCase.set(caseId, (instancesByCase.get(caseId) ?? new Set()).add(String(processInstanceKey)));
  }
  const ofCases = new Set([...instancesByCase.values()].flatMap((keys) => [...keys]));
  return {
    withoutCase: instances.filter(({ processInstanceKey }) => !ofCases.has(String(processInstanceKey))).map(({ processDefinitionId }) => String(processDefinitionId)),
    instancesByCase: new Map([...instancesByCase].map(([caseId, keys]) => [caseId, [...keys]])),
    stateByInstance: new Map(instances.map(({ processInstanceKey, state }) => [String(processInstanceKey), state])),
    openTasks: (await search('user-tasks', { state: 'CREATED' })).map(({ processInstanceKey }) => String(processInstanceKey)),
    incidents: await search('incidents', { state: 'ACTIVE' }),
    unfinishedJobs: (await search('jobs')).filter(({ state }) => state !== 'COMPLETED' && state !== 'ERROR_THROWN' && state !== 'CANCELED'),
  };
}

/** All rows of a search. */
export function searchEngine(url: string, secret: string, what: string, filter: Row = {}): Promise<Row[]> {
  return searchAll(`${url}/v2/${what}/search`, secret, filter);
}

/** The engine once no job is under way any more, or as it is after two minutes. */
export async function readQuietEngine(url: string, secret: string): Promise<EngineState> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const state = await readEngine(url, secret);
    if (state.unfinishedJobs.length === 0 || Date.now() > deadline) return state;
    await pause(250);
  }
}

async function searchAll(address: string, secret: string, filter: Row): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const answer = await request(address, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ filter, page: { from: rows.length, limit: 500 } }),
    });
    if (answer?.status !== 200) throw new Error(`${address} answered ${answer?.status ?? 'nothing'}: ${JSON.stringify(answer?.body)}`);
    const { items, page } = Page.parse(answer.body);
    rows.push(...items);
    if (items.length === 0 || rows.length >= page.totalItems) return rows;
  }
}
