// Finds and opens every model under a folder: `<family>/artefacts/<model>/model.json`.
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { openModel, type ServedModel } from './served-model.ts';

/** By name, in order of name; two models of one name are refused. */
export async function openModels(folder: string): Promise<Map<string, ServedModel>> {
  const files: string[] = [];
  for await (const file of glob('*/artefacts/*/model.json', { cwd: folder })) files.push(file);
  if (files.length === 0)
    throw new Error(`found no model under ${folder}: expected <family>/artefacts/<model>/model.json (the scripts in models/*/train.py write them)`);
  const models = new Map<string, ServedModel>();
  for (const file of files.sort()) {
    const model = await openModel(path.join(folder, path.dirname(file)));
    if (models.has(model.manifest.name)) throw new Error(`${file}: a model named ${model.manifest.name} is there already`);
    models.set(model.manifest.name, model);
  }
  return models;
}
