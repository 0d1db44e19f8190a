// `npm run bench [-- --short] [--only engine,peers] [--write]`: runs the bench's parts, prints their tables and writes bench-results.json.
// `--only decisions --minutes 10 --per-second 50,200` runs the decision path so long at each rate and says whether memory grows.
// `--write` also puts the figures of a full run into docs/performance.md. A slow figure fails nothing; a part that cannot be run does.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { load } from './measure.ts';
import type { BenchPart } from './part.ts';
import { parts } from './parts.ts';
import { readArguments } from './read-arguments.ts';
import { withSection } from './write-section.ts';

const performanceDocument = join(import.meta.dirname, '../../docs/performance.md');
const partByName: Readonly<Record<string, BenchPart>> = parts;
const asked = read();
const results: Record<string, unknown> = { at: new Date().toISOString(), node: process.version, cpus: cpus().length, loadBefore: load(), short: asked.short };
const failed: string[] = [];

for (const name of asked.only) {
  const folder = mkdtempSync(join(tmpdir(), `stellwerk-bench-${name}-`));
  console.log(`\n── ${name}`);
  try {
    const result = await partByName[name]?.({ short: asked.short, folder, minutes: asked.minutes, perSecond: asked.perSecond });
    results[name] = result?.figures;
    if (asked.write) {
      for (const [section, text] of Object.entries(result?.sections ?? {})) writeSection(section, text);
      for (const [path, svg] of Object.entries(result?.pictures ?? {})) writePicture(path, svg);
    }
  } catch (error) {
    failed.push(name);
    console.error(error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
results['loadAfter'] = load();
writeFileSync('bench-results.json', `${JSON.stringify(results, null, 2)}\n`);
console.log(`\nWritten to bench-results.json.${failed.length === 0 ? '' : ` Could not be run: ${failed.join(', ')}.`}`);
process.exit(failed.length === 0 ? 0 : 1);

function writePicture(path: string, svg: string): void {
  const file = join(import.meta.dirname, '../../docs', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, svg);
}

function writeSection(name: string, text: string): void {
  writeFileSync(performanceDocument, withSection(readFileSync(performanceDocument, 'utf8'), name, text));
}

function read(): ReturnType<typeof readArguments> {
  try {
    return readArguments(process.argv.slice(2), Object.keys(parts));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}
