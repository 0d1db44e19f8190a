// Brings an archive of deployments into an engine so that every definition has the version that it had, or changes nothing.
import { createClock } from '../clock.ts';
import { openCore, type Core } from '../core.ts';
import { identityOf, listDeployments, type ArchivedDeployment, type Definition } from './deployment-set.ts';

/**
 * Into an engine that has nothing deployed, or the first deployments of the archive and no others: repeating an import, or
 * going on with one that was interrupted, is fine. Answers how many deployments were new. Throws a sentence before it
 * changes anything: the whole archive is deployed to an engine in memory first.
 */
export async function importDeployments(core: Core, archive: readonly ArchivedDeployment[]): Promise<number> {
  await rehearse(archive);
  const present = listDeployments(core.db);
  const other = firstUnlike(present, archive);
  if (other >= 0) {
    const [resource] = present[other]?.resources ?? [];
    throw new Error(`The engine has deployments that the export has not, the first of them ${resource?.name ?? ''}: versions would not be the same. Import into an engine to which nothing was deployed, before its first start.`);
  }
  await deployAll(core, archive.slice(present.length));
  await deleteAll(core, archive);
  return archive.length - present.length;
}

async function rehearse(archive: readonly ArchivedDeployment[]): Promise<void> {
  const trial = openCore({ file: ':memory:', clock: createClock() });
  try {
    await deployAll(trial, archive);
    const made = listDeployments(trial.db);
    const wrong = firstUnlike(archive, made);
    if (wrong >= 0) throw new Error(`Deployment ${wrong + 1} of the export (${archive[wrong]?.resources.map(({ name }) => name).join(', ') ?? ''}) would not get the versions that it had. Nothing was imported; export again with this version of the program.`);
    await deleteAll(trial, archive);
  } finally {
    await trial.close();
  }
}

/** The first of these that those have not in its place; -1: none. */
const firstUnlike = (these: readonly ArchivedDeployment[], those: readonly ArchivedDeployment[]): number =>
  these.findIndex((deployment, index) => those[index] === undefined || identityOf(those[index]) !== identityOf(deployment));

async function deployAll(core: Core, archive: readonly ArchivedDeployment[]): Promise<void> {
  for (const { resources } of archive) {
    const deployed = await core.submit({ type: 'deployment.create', resources: resources.map(({ name, content }) => ({ name, content })) });
    if (!deployed.ok) throw new Error(`The export cannot be imported: ${deployed.rejection.reason}`);
  }
}

const tables: Readonly<Record<Definition['kind'], readonly [table: string, id: string]>> = { process: ['process_definitions', 'bpmn_process_id'], form: ['forms', 'form_id'], 'decision-requirements': ['decision_requirements', 'drg_id'] };

async function deleteAll(core: Core, archive: readonly ArchivedDeployment[]): Promise<void> {
  for (const { kind, id, version, deleted } of archive.flatMap(({ resources }) => resources.flatMap(({ makes }) => makes))) {
    const [table, column] = tables[kind];
    const found = deleted ? core.db.prepare(`SELECT key FROM ${table} WHERE ${column} = ? AND version = ? AND deleted = 0`).get(id, version) : undefined;
    if (found === undefined) continue;
    const gone = await core.submit({ type: 'resource.delete', resourceKey: Number(found['key']) });
    if (!gone.ok) throw new Error(`The export cannot be imported: ${gone.rejection.reason}`);
  }
}
