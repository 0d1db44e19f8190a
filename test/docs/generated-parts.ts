/** The parts of the documents that are made from the code: file, mark, and what stands between the marks. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsTable } from '../../api/settings.ts';
import { workers } from '../../workers/index.ts';
import { reasonsList } from '../conformance/compare/report-random.ts';
import { elementsTable, eventsTable, randomParts } from './support-elements.ts';
import { builtinsTable, tckCounts } from './support-feel.ts';
import { limitsTable } from './support-limits.ts';

const root = join(import.meta.dirname, '../..');

type GeneratedPart = { file: string; mark: string; make: () => string };

export const generatedParts: readonly GeneratedPart[] = [
  { file: 'README.md', mark: 'settings', make: settingsTable },
  { file: 'workers/README.md', mark: 'job-types', make: () => workers.map(({ type }) => `- \`${type}\``).join('\n') },
  ...support({ elements: elementsTable, events: eventsTable, random: randomParts, deviations: reasonsList, limits: limitsTable, tck: tckCounts, feel: builtinsTable }),
];

/** The parts of the support page, by the second half of their marks. */
function support(parts: Readonly<Record<string, () => string>>): GeneratedPart[] {
  return Object.entries(parts).map(([name, make]) => ({ file: 'docs/support.md', mark: `support-${name}`, make }));
}

/** The file with the part made anew. Throws where the marks are missing. */
export function withPart({ file, mark, make }: GeneratedPart): { path: string; before: string; after: string } {
  const path = join(root, file);
  const before = readFileSync(path, 'utf8');
  const begin = `<!-- ${mark}:begin (npm run docs) -->`;
  const end = `<!-- ${mark}:end -->`;
  const from = before.indexOf(begin);
  const to = before.indexOf(end);
  if (from === -1 || to < from) throw new Error(`${file} needs the lines "${begin}" and "${end}" around its generated part.`);
  return { path, before, after: `${before.slice(0, from + begin.length)}\n${make()}\n${before.slice(to)}` };
}
