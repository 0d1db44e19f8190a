/** Reads YAML files of the repository, anchors and merge keys resolved. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const root = join(import.meta.dirname, '../..');

/** Every document of a file, in order. Throws where one is broken. */
export function readYaml(path: string): unknown[] {
  return parseAllDocuments(readFileSync(join(root, path), 'utf8'), { merge: true }).map((document) => {
    if (document.errors.length > 0) throw new Error(`${path}: ${document.errors[0]?.message ?? 'broken'}`);
    return document.toJS() as unknown;
  });
}

export const readText = (path: string): string => readFileSync(join(root, path), 'utf8');
