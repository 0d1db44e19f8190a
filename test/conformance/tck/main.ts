// `node test/conformance/tck/main.ts`: plays the decision models of the DMN kit and prints the counts; `--write` writes the page.
import { existsSync, writeFileSync } from 'node:fs';
import { differencesPage } from './differences-page.ts';
import { kit, page } from './files.ts';
import { playKit } from './play-cases.ts';
import { readKit } from './read-cases.ts';

if (!existsSync(kit)) console.log(`not played: ${kit.pathname} is not there`);
else {
  const played = await playKit(readKit(kit.pathname));
  console.log(`${played.cases - played.differences.length} of ${played.cases} cases pass`);
  for (const [why, list] of Map.groupBy(played.differences, (one) => one.why)) console.log(`${list.length} × ${why}`);
  if (process.argv.includes('--write')) writeFileSync(page, differencesPage(played));
}
