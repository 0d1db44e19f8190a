// `npm run demo -- --cases N --service S`: replays held-out cases to a running server, with a progress bar and a summary.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readDemoCases } from './demo-cases.ts';
import { replayCases } from './replay-cases.ts';
import { showProgress } from './show-progress.ts';
import { summariseReplay } from './summarise-replay.ts';

const usage = 'Usage: npm run demo -- --cases N --service credit-risk|digits [--data FOLDER] [--concurrency N]';
const Options = z.object({
  cases: z.coerce.number().int().min(1).max(100_000),
  service: z.enum(['credit-risk', 'digits']),
  data: z.string(),
  concurrency: z.coerce.number().int().min(1).max(64),
});
const FirstRun = z.object({ url: z.url(), apiKey: z.string(), engineKey: z.object({ secret: z.string() }) });

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100' },
    service: { type: 'string', default: 'digits' },
    data: { type: 'string', default: process.env['STELLWERK_DATA'] ?? 'data' },
    concurrency: { type: 'string', default: '8' },
  },
});
const options = Options.safeParse(values);
if (!options.success) fail(`${z.prettifyError(options.error)}\n${usage}`);
const { cases, service, data, concurrency } = options.data;

const heldOut = await readDemoCases(service, 'held-out');
// More cases than the data set has: it starts over, each with a key of its own.
const wanted = Array.from({ length: cases }, (_, index) => heldOut[index % heldOut.length]).filter((one) => one !== undefined);
const { url, apiKey, engineKey } = await readFirstRun();
const progress = showProgress(service);
const replay = await replayCases({ url, apiKey, engineKey: engineKey.secret, service, cases: wanted, run: Date.now().toString(36), concurrency, onProgress: progress }).catch((error: unknown) =>
  fail(error instanceof Error ? describeFailure(error, url) : String(error)),
);
console.log(summariseReplay(service, replay).join('\n'));

async function readFirstRun(): Promise<z.infer<typeof FirstRun>> {
  const file = join(data, 'first-run.json');
  try {
    return FirstRun.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    fail(`${file} cannot be read (${error instanceof Error ? error.message : String(error)}). Start the server once with npm start, or name its folder with --data.`);
  }
}

function describeFailure(error: Error, address: string): string {
  return error.message === 'fetch failed' ? `Nobody answers at ${address}. Start the server with npm start.` : error.message;
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
