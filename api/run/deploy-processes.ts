/** Deploys every folder of `processes/` and stores its decision services. What did not change keeps its version. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { putRoutingTable, putService, type Ledger } from '../../ledger/index.ts';
import { DecisionServiceDefinition } from '../../ledger/services/definition.ts';
import type { EngineClient } from '../../workers/index.ts';
import { routingTableDigest } from '../../workers/deployed-routing-table.ts';
import type { Log } from '../log.ts';
import { compileInputSchema } from '../validate-input.ts';

const processesFolder = join(import.meta.dirname, '../../processes');
const deployable = /\.(bpmn|dmn|form)$/;
const by = 'system:start';

type Resource = { name: string; content: string };

/** Throws a sentence with the engine's reason where a resource is refused, and with the field where a service is wrong. */
export async function deployProcesses(given: { client: EngineClient; ledger: Ledger; log: Log; folder?: string }): Promise<void> {
  const { client, ledger, log, folder = processesFolder } = given;
  for (const name of await foldersIn(folder)) {
    const resources = await readResources(join(folder, name));
    if (resources.length === 0) continue;
    await deploy(client, name, resources);
    for (const definition of await readServices(join(folder, name, 'services'))) {
      const { version } = await putService(ledger, definition, by);
      const digest = routingDigest(resources);
      if (digest !== null) await putRoutingTable(ledger, { service: definition.id, digest, by });
      log.info({ service: definition.id, version }, 'decision service is ready');
    }
  }
}

async function deploy(client: EngineClient, name: string, resources: Resource[]): Promise<void> {
  const files = resources.map((resource) => new File([resource.content], resource.name, { type: 'application/octet-stream' }));
  await client.createDeployment({ resources: files }).catch((error: unknown) => {
    throw new Error(`The process folder processes/${name} could not be deployed: ${reasonOf(error)}`, { cause: error });
  });
}

function reasonOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'detail' in error && typeof error.detail === 'string') return error.detail;
  return error instanceof Error ? error.message : String(error);
}

/**
 * The routing table is the one that the diagram's header `routingDecision` names: the gate compares the deployed one
 * with what is told to the ledger here. Null for a process without such a header.
 */
function routingDigest(resources: Resource[]): string | null {
  const decision = resources.map(({ content }) => /key="routingDecision"\s+value="([^"]+)"/.exec(content)?.[1]).find((id) => id !== undefined);
  if (decision === undefined) return null;
  const table = resources.find(({ name, content }) => name.endsWith('.dmn') && content.includes(`<decision id="${decision}"`));
  if (table === undefined) throw new Error(`A diagram names the routing decision "${decision}", but no decision table beside it holds it. Add the table or correct the header.`);
  return routingTableDigest(table.content);
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).toSorted();
}

async function readResources(folder: string): Promise<Resource[]> {
  const names = (await readdir(folder)).filter((name) => deployable.test(name)).toSorted();
  return Promise.all(names.map(async (name) => ({ name, content: await readFile(join(folder, name), 'utf8') })));
}

async function readServices(folder: string): Promise<DecisionServiceDefinition[]> {
  const names = (await readdir(folder).catch(noneWhereMissing)).filter((name) => name.endsWith('.json')).toSorted();
  return Promise.all(names.map((name) => readService(join(folder, name))));
}

async function readService(file: string): Promise<DecisionServiceDefinition> {
  const parsed = DecisionServiceDefinition.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (parsed.success) return withUsableSchema(parsed.data, file);
  const [first] = parsed.error.issues;
  throw new Error(`The decision service in ${file} is wrong at "${first?.path.join('.') ?? ''}": ${first?.message ?? 'unknown shape'}`);
}

function withUsableSchema(definition: DecisionServiceDefinition, file: string): DecisionServiceDefinition {
  try {
    compileInputSchema(definition.inputSchema);
    return definition;
  } catch (error) {
    throw new Error(`The input schema of the decision service in ${file} cannot be used: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function noneWhereMissing(error: unknown): string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}
