// Reads the deployments of a running engine over its REST API, as far as it tells of them.
import type { ArchivedDeployment, ArchivedResource } from './deployment-set.ts';
import { rehearse } from './rehearse.ts';
import type { RestEngine } from './rest-engine.ts';

export type RestExport = {
  readonly deployments: ArchivedDeployment[];
  /** Forms that diagrams name: no call of the API lists forms. */
  readonly missingForms: string[];
};

/**
 * Processes and decision tables in the order of their keys, each file a deployment of its own: the API does not tell what was
 * deployed together. Throws a sentence where that cannot give an empty engine the same versions.
 */
export async function exportOverRest(engine: RestEngine): Promise<RestExport> {
  const deployments: { resources: ArchivedResource[] }[] = [];
  for (const found of await engine.definitions()) {
    const { kind, id, version, versionTag, resourceName: name } = found;
    const content = await engine.content(found);
    const makes = { kind, id, version, versionTag, deleted: false };
    const [last] = deployments.at(-1)?.resources ?? [];
    // One file may hold several processes.
    const isOfSameFile = last?.name === name && last.content === content && !last.makes.some((made) => made.kind === kind && made.id === id);
    if (isOfSameFile) deployments[deployments.length - 1] = { resources: [{ ...last, makes: [...last.makes, makes] }] };
    else deployments.push({ resources: [{ name, content, makes: [makes] }] });
  }
  await rehearse(deployments).catch((error: unknown) => {
    throw new Error(`What this engine tells over its API cannot give another engine the same versions: ${error instanceof Error ? error.message : String(error)} Over the API neither deleted versions nor forms can be read, nor what was deployed together; "export --data DIR" on the engine's machine writes all of it.`, { cause: error });
  });
  return { deployments, missingForms: formsIn(deployments) };
}

/** Ids in `zeebe:formDefinition`, and of forms that start a process. */
function formsIn(deployments: readonly ArchivedDeployment[]): string[] {
  const texts = deployments.flatMap(({ resources }) => resources.map(({ content }) => content));
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/<(?:\w+:)?formDefinition\b[^>]*\bformId="([^"]+)"/g)].map(([, id = '']) => id)))].sort();
}
