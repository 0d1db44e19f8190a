// Brings an archive of deployments into an engine so that every definition has the version that it had, or changes nothing.
import type { Core } from '../core.ts';
import { listDeployments, type ArchivedDeployment } from './deployment-set.ts';
import { deleteAll, deployAll, firstUnlike, rehearse } from './rehearse.ts';

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
