// What lies beside a model's files for people: its card, and the script that made it.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** `card`: the Markdown of `CARD.md`. `code`: `<family>/train.py@sha256:<hex>`. Null where the file is not there. */
export type ModelDescription = { card: string | null; code: string | null };

/** `folder`: that of the model's files, `<models>/<family>/artefacts/<model>`. */
export async function describeModel(folder: string): Promise<ModelDescription> {
  const family = path.resolve(folder, '../..');
  const script = await readIfThere(path.join(family, 'train.py'));
  return {
    card: await readIfThere(path.join(folder, 'CARD.md')),
    code: script === null ? null : `${path.basename(family)}/train.py@sha256:${createHash('sha256').update(script).digest('hex')}`,
  };
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
