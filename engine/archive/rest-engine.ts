// What an archive needs of a running engine, over its REST API v2 and with calls that a Camunda 8 cluster answers alike.
import { z } from 'zod';
import { parseJson } from '../parse-json.ts';
import type { Definition } from './deployment-set.ts';

export type RestEngine = {
  /** Every version that is not deleted of what can be searched for (processes and decision tables), the oldest first. */
  definitions(): Promise<FoundDefinition[]>;
  content(found: Pick<FoundDefinition, 'kind' | 'key'>): Promise<string>;
  /** All or none of the files; answers what they are now, also where that was known before. */
  deploy(resources: readonly { name: string; content: string }[]): Promise<Made[]>;
  delete(key: string): Promise<void>;
};

export type FoundDefinition = { kind: 'process' | 'decision-requirements'; id: string; version: number; versionTag: string | null; resourceName: string; key: string };
export type Made = { kind: Definition['kind']; id: string; version: number; key: string };

const PAGE = 100;

const page = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });
const Processes = page(z.object({ processDefinitionId: z.string(), version: z.int(), versionTag: z.string().nullish(), resourceName: z.string(), processDefinitionKey: z.string() }));
const Requirements = page(z.object({ decisionRequirementsId: z.string(), version: z.int(), resourceName: z.string(), decisionRequirementsKey: z.string() }));
const Deployed = z.object({
  deployments: z.array(z.object({
    processDefinition: z.object({ processDefinitionId: z.string(), processDefinitionVersion: z.int(), processDefinitionKey: z.string() }).nullish(),
    decisionRequirements: z.object({ decisionRequirementsId: z.string(), version: z.int(), decisionRequirementsKey: z.string() }).nullish(),
    form: z.object({ formId: z.string(), version: z.int(), formKey: z.string() }).nullish(),
  })),
});
const Problem = z.object({ title: z.string().optional(), detail: z.string().optional() });

/** `url`: with or without `/v2`. `token`: an API key with the scope `engine`, or a cluster's access token. Every failure is a sentence. */
export function createRestEngine(url: string, token: string | undefined): RestEngine {
  const base = `${url.replace(/\/+$/, '').replace(/\/v2$/, '')}/v2`;

  const ask = async (method: string, path: string, body?: FormData | string): Promise<string> => {
    const headers = { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}) };
    const response = await fetch(`${base}${path}`, { method, headers, ...(body === undefined ? {} : { body }) }).catch((error: unknown) => {
      throw new Error(`Nobody answers at ${base}${path}. Name the address of a running engine with --url, for instance http://127.0.0.1:4600.`, { cause: error });
    });
    const text = await response.text();
    if (response.ok) return text;
    if (response.status === 401 || response.status === 403) throw new Error(`${base} does not let us in (${response.status}). Put an API key with the scope "engine", or the cluster's access token, into STELLWERK_API_KEY.`);
    const { title, detail } = Problem.safeParse(parseJson(text)).data ?? {};
    throw new Error(`${method} ${base}${path} was answered with ${response.status}: ${detail ?? title ?? 'no reason was given'}`);
  };
  const read = <Shape extends z.ZodType>(shape: Shape, path: string, text: string): z.infer<Shape> => {
    const parsed = shape.safeParse(parseJson(text));
    if (!parsed.success) throw new Error(`The answer of ${base}${path} is not that of a Camunda 8 REST API v2: ${z.prettifyError(parsed.error)}`);
    return parsed.data;
  };
  const searchAll = async <Item>(path: string, field: string, shape: z.ZodType<{ items: Item[] }>): Promise<Item[]> => {
    const all: Item[] = [];
    for (;;) {
      const { items } = read(shape, path, await ask('POST', path, JSON.stringify({ page: { from: all.length, limit: PAGE }, sort: [{ field, order: 'ASC' }] })));
      all.push(...items);
      if (items.length < PAGE) return all;
    }
  };
  return {
    definitions: async () => {
      const processes = await searchAll('/process-definitions/search', 'processDefinitionKey', Processes);
      const requirements = await searchAll('/decision-requirements/search', 'decisionRequirementsKey', Requirements);
      const found: FoundDefinition[] = [
        ...processes.map((one) => ({ kind: 'process' as const, id: one.processDefinitionId, version: one.version, versionTag: one.versionTag ?? null, resourceName: one.resourceName, key: one.processDefinitionKey })),
        ...requirements.map((one) => ({ kind: 'decision-requirements' as const, id: one.decisionRequirementsId, version: one.version, versionTag: null, resourceName: one.resourceName, key: one.decisionRequirementsKey })),
      ];
      // Keys are given in the order of the deployments.
      return found.sort((a, b) => (BigInt(a.key) < BigInt(b.key) ? -1 : 1));
    },
    content: ({ kind, key }) => ask('GET', `${kind === 'process' ? '/process-definitions' : '/decision-requirements'}/${key}/xml`),
    deploy: async (resources) => {
      const form = new FormData();
      for (const { name, content } of resources) form.append('resources', new Blob([content]), name);
      const { deployments } = read(Deployed, '/deployments', await ask('POST', '/deployments', form));
      return deployments.flatMap(({ processDefinition, decisionRequirements, form: made }): Made[] => [
        ...(processDefinition ? [{ kind: 'process' as const, id: processDefinition.processDefinitionId, version: processDefinition.processDefinitionVersion, key: processDefinition.processDefinitionKey }] : []),
        ...(decisionRequirements ? [{ kind: 'decision-requirements' as const, id: decisionRequirements.decisionRequirementsId, version: decisionRequirements.version, key: decisionRequirements.decisionRequirementsKey }] : []),
        ...(made ? [{ kind: 'form' as const, id: made.formId, version: made.version, key: made.formKey }] : []),
      ]);
    },
    delete: async (key) => { await ask('POST', `/resources/${key}/deletion`, '{}'); },
  };
}
