/** The ids of the processes, decision tables and forms that the product deploys itself. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const processesFolder = join(import.meta.dirname, '../../processes');

const idPatterns: readonly { file: RegExp; id: RegExp }[] = [
  { file: /\.bpmn$/, id: /<(?:\w+:)?process\s[^>]*?\bid="([^"]+)"/g },
  { file: /\.dmn$/, id: /<(?:\w+:)?definitions\s[^>]*?\sid="([^"]+)"/g },
  { file: /\.form$/, id: /^ {2}"id":\s*"([^"]+)"/gm },
];

export async function ownResources(folder = processesFolder): Promise<ReadonlySet<string>> {
  const files = (await readdir(folder, { withFileTypes: true, recursive: true })).filter((entry) => entry.isFile());
  const ids = await Promise.all(
    files.flatMap(({ parentPath, name }) =>
      idPatterns.filter(({ file }) => file.test(name)).map(async ({ id }) => [...(await readFile(join(parentPath, name), 'utf8')).matchAll(id)].map((match) => match[1])),
    ),
  );
  return new Set(ids.flat().filter((id) => id !== undefined));
}
