/** `npm start`: reads the settings, builds the pages where needed, starts the product and says where it is. */
import { join } from 'node:path';
import { loadDemo } from './demo/load-demo.ts';
import { openDemoReleases } from './demo/open-demo-releases.ts';
import { buildPages, pagesAreStale } from './run/build-pages.ts';
import { startTracing } from './run/tracing.ts';
import { readSettings } from './settings.ts';
import { startStellwerk, type StartOptions } from './start.ts';

const read = readSettings(process.env);
if (!read.ok) fail(read.problems);
const { settings } = read;

if (settings.buildPages && (await pagesAreStale())) {
  say('Building the pages (once after a change) …');
  await buildPages();
}

const tracing = settings.tracesTo === undefined ? null : startTracing({ endpoint: settings.tracesTo, role: settings.role });

// What is written from here on is data: databases, keys, passwords. No other account of the machine may read it.
process.umask(0o077);
if (settings.clusterAddress !== undefined) say(`Connecting to the cluster at ${settings.clusterAddress} …`);

const demo: StartOptions =
  settings.demo === 'none'
    ? {}
    : {
        beforeFirstRun: ({ ledger, inference, clock, modelServer }) => openDemoReleases({ ledger, inference, now: () => clock.now(), ...(modelServer === null ? {} : { modelServerUrl: modelServer.address() }) }),
        onFirstRun: (started) => loadDemo(started, { cases: settings.demo === 'full', print: say }),
      };
const stellwerk = await startStellwerk(settings, demo).catch((error: unknown) => fail([sentenceOf(error)]));

let ending = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => { end(signal); });

const url = settings.publicUrl ?? stellwerk.url;
say(`Stellwerk runs at ${url} (data in ${settings.dataDir}).`);
if (stellwerk.firstRun !== null) say(`Sign in with a name and a password of ${join(settings.dataDir, 'first-run.json')}, for instance as "expert".`);
say(`The API is described at ${url}/api/docs. End with Ctrl-C.`);
stellwerk.firstRunDone.catch((error: unknown) => {
  if (!ending) say(`The demo could not be loaded: ${sentenceOf(error)} The next start tries again.`);
});

/** A second signal does not wait. */
function end(signal: string): void {
  if (ending) process.exit(1);
  ending = true;
  say(`${signal}: finishing what is under way …`);
  stellwerk.close().then(() => tracing?.stop()).then(() => process.exit(0), (error: unknown) => fail([sentenceOf(error)]));
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}

function fail(sentences: string[]): never {
  process.stderr.write(`${sentences.join('\n')}\n`);
  process.exit(1);
}
