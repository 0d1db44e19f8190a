/** Which calls to the engine's own API are refused over HTTP, because they would go round the product's rules or lose a case that was accepted. */
import { z } from 'zod';
import type { Engine } from '../engine/index.ts';
import { listCasesOfInstances, type Ledger } from '../ledger/index.ts';
import { messages } from '../processes/messages.ts';
import { workers } from '../workers/index.ts';

export type EngineCall = { method: string; path: string; body: unknown };

/** A sentence that says what to do instead, or null where the call may pass. */
export type EngineRules = (call: EngineCall) => Promise<string | null>;

type Rule = { methods: string[]; path: RegExp; refusal: (key: string, call: EngineCall) => Promise<string | null> | string | null };

/** All but the one that operators send themselves: it ends a retraining, and people are asked again. */
const ownMessages: ReadonlySet<string> = new Set(['case-received', ...Object.keys(messages).filter((name) => name !== 'retraining-stopped')]);
const ownJobTypes: ReadonlySet<string> = new Set(workers.map(({ type }) => type));

export function createEngineRules({ engine, ledger, ownResources }: { engine: Engine; ledger: Ledger; ownResources: ReadonlySet<string> }): EngineRules {
  const ask = async <T>(shape: z.ZodType<T>, method: string, path: string, body?: unknown): Promise<T | null> => {
    const answer = await engine.handle({
      method,
      path,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : Buffer.from(JSON.stringify(body)),
      signal: new AbortController().signal,
    });
    if (answer.status !== 200 || answer.body === undefined) return null;
    return shape.parse(JSON.parse(typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body).toString()));
  };

  const ofInstance = async (key: string) => {
    const bound = (await listCasesOfInstances(ledger, [key])).get(key);
    // Not bound yet: the first step of such an instance is still to come.
    const own = bound !== undefined || ownResources.has((await ask(Instance, 'GET', `/process-instances/${key}`))?.processDefinitionId ?? '');
    return own ? 'This instance works on a case that was accepted, and must bring it to its end. Cases are answered in the inbox; what hangs is shown by its incident, which can be resolved.' : null;
  };
  const isOwnDefinition = async ({ id, key }: { id?: string | undefined; key?: string | undefined }) =>
    ownResources.has(id ?? (key === undefined ? undefined : (await ask(Definition, 'GET', `/process-definitions/${encodeURIComponent(key)}`))?.processDefinitionId) ?? '');
  // Started at any element, with any variables, it would skip the steps that decide.
  const ofStart = async (_: string, { body }: EngineCall) => {
    const { processDefinitionId: id, processDefinitionKey: key } = Creation.safeParse(body).data ?? {};
    return (await isOwnDefinition({ id, key })) ? "The product starts its own processes by itself, from what is in the ledger. Send cases and proposals of releases to the product's API." : null;
  };
  const ofMigration = async (instance: string, { body }: EngineCall) => {
    const key = Migration.safeParse(body).data?.targetProcessDefinitionKey;
    return (await ofInstance(instance)) ?? ((await isOwnDefinition({ key })) ? "No instance of another process can become one of the product's own. Migrate to a process of your own." : null);
  };
  const ofElement = async (key: string) => {
    const found = await ask(Element, 'GET', `/element-instances/${key}`);
    return found === null ? null : ofInstance(found.processInstanceKey);
  };
  const ofJob = async (key: string) => {
    const found = await ask(Jobs, 'POST', '/jobs/search', { filter: { jobKey: key } });
    return ofJobType(found?.items[0]?.type);
  };
  const ofResource = async (key: string) => {
    const id = (await ask(Resource, 'GET', `/resources/${key}`))?.resourceId ?? (await ask(Requirements, 'GET', `/decision-requirements/${key}`))?.decisionRequirementsId;
    return ownResources.has(id ?? '') ? 'Cases run on this resource. Deploy a new version instead of deleting this one.' : null;
  };

  const rules: Rule[] = [
    ...fixedRules,
    { methods: ['POST'], path: /^\/process-instances\/([^/]+)\/(?:cancellation|modification|deletion)$/, refusal: ofInstance },
    { methods: ['POST'], path: /^\/process-instances\/([^/]+)\/migration$/, refusal: ofMigration },
    { methods: ['POST'], path: /^\/process-instances$/, refusal: ofStart },
    { methods: ['POST'], path: /^\/messages\/(?:publication|correlation)$/, refusal: (_, { body }) => ofMessage(Message.safeParse(body).data?.name) },
    { methods: ['POST'], path: /^\/jobs\/activation$/, refusal: (_, { body }) => ofJobType(Activation.safeParse(body).data?.type) },
    { methods: ['POST'], path: /^\/jobs\/([^/]+)\/(?:completion|failure|error)$/, refusal: ofJob },
    { methods: ['PATCH'], path: /^\/jobs\/([^/]+)$/, refusal: ofJob },
    { methods: ['POST'], path: /^\/resources\/([^/]+)\/deletion$/, refusal: ofResource },
    { methods: ['POST'], path: /^\/element-instances\/ad-hoc-activities\/([^/]+)\/activation$/, refusal: ofElement },
    ...openCalls,
  ];

  return async (call) => {
    let isOpen = isRead(call) || !engine.offers(call);
    for (const { methods, path, refusal } of rules) {
      const match = methods.includes(call.method) ? path.exec(call.path) : null;
      if (match === null) continue;
      isOpen = true;
      const sentence = await refusal(match[1] ?? '', call);
      if (sentence !== null) return sentence;
    }
    return isOpen ? null : 'Only calls that cannot touch a case are open here, and nobody has opened this one.';
  };
}

/** Searches and statistics read, whatever their method. */
function isRead({ method, path }: EngineCall): boolean {
  return method === 'GET' || (method === 'POST' && /\/search$|^\/process-definitions\/[^/]+\/statistics\/element-instances$/.test(path));
}

/** Verdicts come from the inbox, variables from workers, time from the machine: in process these calls are the product's own. */
const fixedRules: Rule[] = [
  { methods: ['POST'], path: /^\/user-tasks\/[^/]+\/(completion|assignment)$/, refusal: () => 'Answer reviews in the inbox.' },
  { methods: ['DELETE'], path: /^\/user-tasks\/[^/]+\/assignee$/, refusal: () => 'Give tasks back in the inbox.' },
  { methods: ['PATCH'], path: /^\/user-tasks\/[^/]+(\/update)?$/, refusal: () => 'User tasks are changed by their process.' },
  { methods: ['PUT'], path: /^\/element-instances\/[^/]+\/variables$/, refusal: () => 'Variables are written by the process and its workers.' },
  { methods: ['PUT'], path: /^\/clock$/, refusal: () => "The clock is the machine's." },
  { methods: ['POST'], path: /^\/clock\/reset$/, refusal: () => "The clock is the machine's." },
  { methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], path: /^\/documents(?:\/|$)/, refusal: () => 'Documents would lie beside the vault, without its keys and its erasure. Keep files in your application and pass a reference.' },
  // Of many at once nobody could say beforehand whether a case is among them.
  { methods: ['POST'], path: /^\/process-instances\/(?:batch-operations\/)?(?:cancellation|modification|migration|deletion)$/, refusal: () => 'Cases may be among the instances. Name each instance by its key.' },
];

/** What applications, workers and operators do; calls that change something and stand neither here nor above are refused. */
const openCalls: Rule[] = [
  /^\/deployments$/,
  /^\/signals\/broadcast$/,
  /^\/decision-definitions\/evaluation$/,
  /^\/incidents\/[^/]+\/resolution$/,
  // Resolving brings cases on, never away; the other batch operations are refused above, so those that run are of this kind.
  /^\/process-instances\/incident-resolution$/,
  /^\/batch-operations\/[^/]+\/(?:cancellation|suspension|resumption)$/,
].map((path) => ({ methods: ['POST'], path, refusal: () => null }));

function ofJobType(type: string | undefined): string | null {
  return type !== undefined && ownJobTypes.has(type) ? `Jobs of the type "${type}" are done by the product's own workers. Give your own workers another type.` : null;
}

function ofMessage(name: string | undefined): string | null {
  return name !== undefined && ownMessages.has(name) ? `Messages with the name "${name}" are sent by the product itself. Give your own messages another name.` : null;
}

/** As the engine reads them: an absent member may be null, a key a number. */
const Key = z.union([z.string(), z.number()]).transform(String).nullish().transform((key) => key ?? undefined);
const Creation = z.object({ processDefinitionId: z.string().nullish().transform((id) => id ?? undefined), processDefinitionKey: Key });
const Migration = z.object({ targetProcessDefinitionKey: Key });
const Message = z.object({ name: z.string() });
const Definition = z.object({ processDefinitionId: z.string() });
const Instance = z.object({ processDefinitionId: z.string() });
const Element = z.object({ processInstanceKey: z.string() });
const Jobs = z.object({ items: z.array(z.object({ type: z.string() })) });
const Resource = z.object({ resourceId: z.string() });
const Requirements = z.object({ decisionRequirementsId: z.string() });
const Activation = z.object({ type: z.string() });
