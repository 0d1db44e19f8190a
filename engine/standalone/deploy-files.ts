// Deploys files and folders at the start, through the same API as everybody.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Engine } from '../index.ts';

const DEPLOYABLE = /\.(bpmn|dmn|form)$/;

/** Deploys all of them together and answers their names; throws a sentence when one is missing or refused. */
export async function deployFiles(engine: Engine, paths: readonly string[]): Promise<string[]> {
  const files = paths.flatMap(filesAt);
  if (files.length === 0) return [];
  const form = new FormData();
  for (const file of files) form.append('resources', new Blob([readFileSync(file)]), basename(file));
  const response = await engine.fetch('http://engine/v2/deployments', { method: 'POST', body: form });
  if (response.ok) return files.map((file) => basename(file));
  throw new Error(`The resources cannot be deployed: ${detailOf(await response.json())}`);
}

function filesAt(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new Error(`There is nothing to deploy at ${path}. Name a .bpmn, .dmn or .form file, or a folder of them.`);
  if (!found.isDirectory()) return [path];
  const files = readdirSync(path).filter((name) => DEPLOYABLE.test(name)).sort().map((name) => join(path, name));
  if (files.length === 0) throw new Error(`The folder ${path} holds no .bpmn, .dmn or .form file.`);
  return files;
}

function detailOf(problem: unknown): string {
  return typeof problem === 'object' && problem !== null && 'detail' in problem ? String(problem.detail) : JSON.stringify(problem);
}
