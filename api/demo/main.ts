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
const wholeNumber = (most: number) => {
  const sentence = `must be a whole number from 1 to ${most}`;
  return z.coerce.number({ error: sentence }).int(sentence).min(1, sentence).max(most, sentence);
};
const Options = z.object({
  cases: wholeNumber(100_000),
  service: z.enum(['credit-risk', 'digits'], { error: 'must be credit-risk or digits' }),
  data: z.string().min(1, 'must name a folder'),
  concurrency: wholeNumber(64),
});
const FirstRun = z.object({ url: z.url(), apiKey: z.string(), engineKey: z.object({ secret: z.string() }) });

const options = Options.safeParse(readArguments());
if (!options.success) fail(`${options.error.issues.map(({ path, message }) => `--${path.join('.')} ${message}.`).join('\n')}\n${usage}`);
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

function readArguments(): Record<string, unknown> {
  try {
    return parseArgs({
      options: {
        cases: { type: 'string', default: '100' },
        service: { type: 'string', default: 'digits' },
        data: { type: 'string', default: process.env['STELLWERK_DATA'] ?? 'data' },
        concurrency: { type: 'string', default: '8' },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    fail(`${error.message}\n${usage}`);
  }
}

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
