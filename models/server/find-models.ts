// Finds every model under a folder: `<family>/artefacts/<model>/model.json`.
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { readManifest } from './served-model.ts';
import type { ModelManifest } from './model-manifest.ts';

export type FoundModel = { file: string; manifest: ModelManifest };

/** In order of the files; two models of one name are refused, and a folder without any. */
export async function findModels(folder: string): Promise<FoundModel[]> {
  const files: string[] = [];
  for await (const file of glob('*/artefacts/*/model.json', { cwd: folder })) files.push(file);
  if (files.length === 0)
    throw new Error(`found no model under ${folder}: expected <family>/artefacts/<model>/model.json (the scripts in models/*/train.py write them)`);
  const found: FoundModel[] = [];
  for (const file of files.sort()) {
    const manifest = await readManifest(path.join(folder, file));
    if (found.some((one) => one.manifest.name === manifest.name)) throw new Error(`${file}: a model named ${manifest.name} is there already`);
    found.push({ file, manifest });
  }
  return found;
}
