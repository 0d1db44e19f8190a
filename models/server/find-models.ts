// Finds every model under a folder: `<family>/artefacts/<model>/model.json`.
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { readManifest } from './served-model.ts';
import type { ModelManifest } from './model-manifest.ts';

export type FoundModel = { file: string; manifest: ModelManifest };

/** In order of the files; two models of one name are refused, a manifest that cannot be read, and a folder without any. */
export async function findModels(folder: string): Promise<FoundModel[]> {
  const found: FoundModel[] = [];
  for (const file of await manifestFiles(folder)) {
    const manifest = await readManifest(path.join(folder, file));
    if (found.some((one) => one.manifest.name === manifest.name)) throw new Error(`${file}: a model named ${manifest.name} is there already`);
    found.push({ file, manifest });
  }
  if (found.length === 0)
    throw new Error(`found no model under ${folder}: expected <family>/artefacts/<model>/model.json (the scripts in models/*/train.py write them)`);
  return found;
}

/** The same while the server runs: what cannot be read now, perhaps because it is being written, is left out. */
export async function findReadableModels(folder: string): Promise<FoundModel[]> {
  const found = new Map<string, FoundModel>();
  for (const file of await manifestFiles(folder)) {
    const read = await Promise.allSettled([readManifest(path.join(folder, file))]);
    const [one] = read;
    if (one.status === 'fulfilled' && !found.has(one.value.name)) found.set(one.value.name, { file, manifest: one.value });
  }
  return [...found.values()];
}

async function manifestFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob('*/artefacts/*/model.json', { cwd: folder })) files.push(file);
  return files.sort();
}
