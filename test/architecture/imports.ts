/** Reads the import graph of the product's folders as text: file → files it imports. */
import { readdirSync, readFileSync, existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { allowedImports } from '../../import-directions.js';

export const root = resolve(import.meta.dirname, '../..');

const importPattern = /(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g;

/** All TypeScript files below a folder of the project, as paths from the root. */
export function sourceFiles(folder: string): string[] {
  const start = join(root, folder);
  if (!existsSync(start)) return [];
  return readdirSync(start, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('node_modules') && !name.startsWith('dist/'))
    .map((name) => join(folder, name));
}

/** The relative imports of a file, as paths from the root. */
export function relativeImports(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const targets: string[] = [];
  for (const match of text.matchAll(importPattern)) {
    const specifier = match[1] ?? match[2] ?? match[3];
    if (specifier?.startsWith('.')) targets.push(resolveImport(file, specifier));
  }
  return targets;
}

function resolveImport(file: string, specifier: string): string {
  const base = resolve(root, dirname(file), specifier);
  const candidates = [base, `${base}.ts`, `${base}.tsx`, join(base, 'index.ts')];
  const found = candidates.find((path) => existsSync(path) && statSync(path).isFile()) ?? base;
  return relative(root, found);
}

/** True where `importer` may import `imported` by the design's directions. */
export function isAllowed(importer: string, imported: string): boolean {
  const folder = importer.split('/')[0] ?? '';
  const rule = allowedImports[folder];
  const isRootFile = !imported.includes('/');
  if (rule === undefined || isRootFile) return true;
  return [folder, ...rule].some((allowed) => imported === allowed || imported.startsWith(`${allowed}/`));
}

/** The first import cycle among the files, as a path that ends where it began, or undefined. */
export function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next);
      if (cycle) return cycle;
    }
    path.pop();
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file);
    if (cycle) return cycle;
  }
  return undefined;
}
