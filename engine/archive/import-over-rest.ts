// Brings an archive into a running engine over its REST API, so that every definition has the version that it had.
import { digestOf } from '../digest-of.ts';
import { makesOf, type ArchivedDeployment, type Definition } from './deployment-set.ts';
import { rehearse } from './rehearse.ts';
import type { Made, RestEngine } from './rest-engine.ts';

/**
 * The engine may have definitions of its own; of one that is in the archive too it must have the first versions, or none.
 * Answers how many deployments were new. Everything that can be known before is known before anything is deployed; what
 * fails in the middle says where, and the same command goes on there.
 */
export async function importOverRest(engine: RestEngine, archive: readonly ArchivedDeployment[]): Promise<number> {
  await rehearse(archive);
  const present = await presentOf(engine, archive);
  const missing = archive.filter((_, index) => !isThere(archive, index, present));
  const made: Made[] = [];
  for (const deployment of missing) {
    const answer = await engine.deploy(deployment.resources.map(({ name, content }) => ({ name, content })));
    made.push(...answer);
    refuseOtherVersions(makesOf([deployment]), answer);
  }
  await deleteAll(engine, archive, [...made, ...present.values()]);
  return missing.length;
}

const nameOf = ({ kind, id, version }: Pick<Definition, 'kind' | 'id' | 'version'>): string => `${kind} ${id} version ${version}`;

/** By name, what the engine has of the archive's definitions. Throws where it is something else. */
async function presentOf(engine: RestEngine, archive: readonly ArchivedDeployment[]): Promise<Map<string, Made>> {
  const wanted = new Map(archive.flatMap(({ resources }) => resources.flatMap(({ makes, content }) => makes.map((one) => [nameOf(one), digestOf(content)] as const))));
  const ids = new Set(makesOf(archive).map(({ kind, id }) => `${kind} ${id}`));
  const present = new Map<string, Made>();
  for (const found of await engine.definitions()) {
    if (!ids.has(`${found.kind} ${found.id}`)) continue;
    const name = nameOf(found);
    if (wanted.get(name) !== digestOf(await engine.content(found))) throw new Error(`The engine has ${name}, which the export ${wanted.has(name) ? 'holds with another content' : 'does not hold'}: versions would not be the same. Nothing was imported. Deploy the files there instead, or import into an engine that does not have this ${found.kind}.`);
    present.set(name, found);
  }
  for (const has of present.values()) refuseGap(archive, has, present);
  return present;
}

/** An older version cannot be deployed behind a newer one. */
function refuseGap(archive: readonly ArchivedDeployment[], has: Made, present: ReadonlyMap<string, Made>): void {
  const older = makesOf(archive).find((one) => one.kind === has.kind && one.id === has.id && one.version < has.version && !one.deleted && !present.has(nameOf(one)));
  if (older !== undefined) throw new Error(`The engine has ${nameOf(has)}, but not ${nameOf(older)}: it would get another version now. Nothing was imported. Import into an engine that does not have this ${older.kind}.`);
}

/** What cannot be seen is there where something later of the archive is; a form at the end may be deployed twice, what was deleted may not. */
function isThere(archive: readonly ArchivedDeployment[], index: number, present: ReadonlyMap<string, Made>): boolean {
  const makes = makesOf(archive.slice(index, index + 1));
  const visible = makes.filter(isVisible);
  if (visible.length > 0) return visible.every((one) => present.has(nameOf(one)));
  const later = makesOf(archive.slice(index + 1)).filter(isVisible);
  if (later.length > 0) return later.some((one) => present.has(nameOf(one)));
  return present.size > 0 && makes.every(({ deleted }) => deleted) && makesOf(archive).filter(isVisible).every((one) => present.has(nameOf(one)));
}

const isVisible = ({ kind, deleted }: Definition): boolean => kind !== 'form' && !deleted;

function refuseOtherVersions(wanted: readonly Definition[], made: readonly Made[]): void {
  for (const one of wanted) {
    const got = made.find(({ kind, id }) => kind === one.kind && id === one.id);
    if (got?.version !== one.version) throw new Error(`Deployed was ${one.kind} ${one.id}, and it became version ${got?.version ?? 'none'} where the export has version ${one.version}: the engine had versions of it that it does not show (a form, or deleted ones). What was deployed before it is there; the rest was not imported.`);
  }
}

async function deleteAll(engine: RestEngine, archive: readonly ArchivedDeployment[], known: readonly Made[]): Promise<void> {
  for (const one of makesOf(archive)) {
    const found = one.deleted ? known.find((made) => nameOf(made) === nameOf(one)) : undefined;
    if (found !== undefined) await engine.delete(found.key);
  }
}
