/** `npm start`: reads the settings, builds the pages where needed, starts the product and says where it is. */
import { join } from 'node:path';
import { openDemoReleases } from './demo/open-demo-releases.ts';
import { buildPages, pagesAreStale } from './run/build-pages.ts';
import { readSettings } from './settings.ts';
import { startStellwerk, type Stellwerk } from './start.ts';

const read = readSettings(process.env);
if (!read.ok) fail(read.problems);
const { settings } = read;

if (settings.buildPages && (await pagesAreStale())) {
  say('Building the pages (once after a change) …');
  await buildPages();
}

const stellwerk = await startStellwerk(settings, settings.loadDemo ? { onFirstRun: loadDemo } : {}).catch((error: unknown) => fail([error instanceof Error ? error.message : String(error)]));

let ending = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => { end(signal); });

say(`Stellwerk runs at ${settings.publicUrl ?? stellwerk.url} (data in ${settings.dataDir}).`);
if (stellwerk.firstRun !== null) say(`Sign in with a name and password of ${join(settings.dataDir, 'first-run.json')}, for instance as "expert".`);
say(`The API is described at ${settings.publicUrl ?? stellwerk.url}/api/docs. End with Ctrl-C.`);

async function loadDemo({ ledger, inference, clock }: Stellwerk): Promise<void> {
  await openDemoReleases({ ledger, inference, now: () => clock.now() });
}

/** A second signal does not wait. */
function end(signal: string): void {
  if (ending) process.exit(1);
  ending = true;
  say(`${signal}: finishing what is under way …`);
  stellwerk.close().then(() => process.exit(0), (error: unknown) => fail([error instanceof Error ? error.message : String(error)]));
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}

function fail(sentences: string[]): never {
  process.stderr.write(`${sentences.join('\n')}\n`);
  process.exit(1);
}
