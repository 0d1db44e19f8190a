// An archive of deployments as a folder: one file per resource, and a list in the order of the deployments.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeNewFolder } from '../backup/new-folder.ts';
import { digestOf } from '../digest-of.ts';
import { parseJson } from '../parse-json.ts';
import { Definition, type ArchivedDeployment } from './deployment-set.ts';

const LIST = 'deployments.json';
const FORMAT = 1;

const List = z.object({
  format: z.literal(FORMAT, { error: `must be ${FORMAT}; another one was written by another version of the program` }),
  deployments: z.array(z.array(z.object({ name: z.string().min(1), file: z.string().regex(/^[\w-][\w.-]*$/, 'must name a file in the folder'), sha256: z.string(), makes: z.array(Definition) })).min(1)),
});

/** Writes to a folder that is missing or empty; it gets its name when it is whole. Throws a sentence where it cannot. */
export async function writeArchive(folder: string, deployments: readonly ArchivedDeployment[]): Promise<void> {
  await writeNewFolder(folder, 'The export', (partial) => writeInto(partial, deployments));
}

async function writeInto(partial: string, deployments: readonly ArchivedDeployment[]): Promise<void> {
  const list: z.infer<typeof List> = { format: FORMAT, deployments: [] };
  for (const [index, { resources }] of deployments.entries()) {
    const entries: z.infer<typeof List>['deployments'][number] = [];
    for (const [position, { name, content, makes }] of resources.entries()) {
      const file = `${String(index + 1).padStart(4, '0')}-${position + 1}-${name.replaceAll(/[^\w.-]/g, '_')}`;
      await writeFile(join(partial, file), content, { flush: true });
      entries.push({ name, file, sha256: digestOf(content), makes: [...makes] });
    }
    list.deployments.push(entries);
  }
  await writeFile(join(partial, LIST), `${JSON.stringify(list, null, 2)}\n`, { flush: true });
}

/** Throws a sentence where a file is missing, changed or cannot be understood. */
export async function readArchive(folder: string): Promise<ArchivedDeployment[]> {
  const text = await readFile(join(folder, LIST), 'utf8').catch((error: unknown) => { throw new Error(`There is no export in ${folder}: it has no file ${LIST}. Name the folder that "npm run deployments -- export" wrote.`, { cause: error }); });
  const parsed = List.safeParse(parseJson(text));
  if (!parsed.success) throw new Error(`The file ${LIST} in ${folder} cannot be used: ${z.prettifyError(parsed.error)}. Export again.`);
  return Promise.all(parsed.data.deployments.map(async (entries) => ({
    resources: await Promise.all(entries.map(async ({ name, file, sha256, makes }) => {
      const content = await readFile(join(folder, file), 'utf8').catch((error: unknown) => { throw new Error(`The export in ${folder} lacks its file ${file}. Export again.`, { cause: error }); });
      if (digestOf(content) !== sha256) throw new Error(`The file ${file} in ${folder} was changed since it was exported. To deploy a changed diagram, deploy it; to import, export again.`);
      return { name, content, makes };
    })),
  })));
}
