// Deploys an archive to an engine in memory: what it cannot give there it would give nowhere.
import { createClock } from '../clock.ts';
import { openCore, type Core } from '../core.ts';
import { identityOf, listDeployments, makesOf, type ArchivedDeployment, type Definition } from './deployment-set.ts';

/** Throws a sentence where a file is refused or would get another version than it had. */
export async function rehearse(archive: readonly ArchivedDeployment[]): Promise<void> {
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
export const firstUnlike = (these: readonly ArchivedDeployment[], those: readonly ArchivedDeployment[]): number =>
  these.findIndex((deployment, index) => those[index] === undefined || identityOf(those[index]) !== identityOf(deployment));

export async function deployAll(core: Core, archive: readonly ArchivedDeployment[]): Promise<void> {
  for (const { resources } of archive) {
    const deployed = await core.submit({ type: 'deployment.create', resources: resources.map(({ name, content }) => ({ name, content })) });
    if (!deployed.ok) throw new Error(`The export cannot be imported: ${deployed.rejection.reason}`);
  }
}

const tables: Readonly<Record<Definition['kind'], readonly [table: string, id: string]>> = { process: ['process_definitions', 'bpmn_process_id'], form: ['forms', 'form_id'], 'decision-requirements': ['decision_requirements', 'drg_id'] };

export async function deleteAll(core: Core, archive: readonly ArchivedDeployment[]): Promise<void> {
  for (const { kind, id, version, deleted } of makesOf(archive)) {
    const [table, column] = tables[kind];
    const found = deleted ? core.db.prepare(`SELECT key FROM ${table} WHERE ${column} = ? AND version = ? AND deleted = 0`).get(id, version) : undefined;
    if (found === undefined) continue;
    const gone = await core.submit({ type: 'resource.delete', resourceKey: Number(found['key']) });
    if (!gone.ok) throw new Error(`The export cannot be imported: ${gone.rejection.reason}`);
  }
}
