// `npm run engine`: the embedded engine alone, for people who develop processes with Camunda's modeler, SDKs and tools.
import { join } from 'node:path';
import { pino } from 'pino';
import { openControlSocket, type ControlSocket } from './backup/index.ts';
import { createClock, createSteadyTime, openEngine } from './index.ts';
import { openDataFolder } from './standalone/data-folder.ts';
import { deployFiles } from './standalone/deploy-files.ts';
import { asListenRefusal } from './standalone/listen-refusal.ts';
import { loopbackAddress } from './standalone/loopback.ts';
import { createMetrics } from './standalone/metrics.ts';
import { help, readArguments, type Arguments } from './standalone/read-arguments.ts';
import { serve } from './standalone/serve.ts';

/** How long answers that are under way may take once the engine ends. */
const ANSWER_WITHIN_MS = 5_000;

const read = readArguments(process.argv.slice(2));
switch (read.kind) {
  case 'help': say(help.trimEnd()); break;
  case 'wrong': fail(read.sentence); break;
  case 'run': await run(read.arguments).catch((error: unknown) => fail(sentenceOf(error))); break;
  default: read satisfies never;
}

async function run({ host, port, dataDir, resources, timeZone, historyDays }: Arguments): Promise<void> {
  const address = await loopbackAddress(host);
  if (address === undefined) throw new Error(`The engine asks nobody to sign in and therefore listens on the loopback only; "${host}" is no loopback address. Leave --host out, or run "npm start", which has sign-in.`);
  process.umask(0o077);
  openDataFolder(dataDir);
  const logger = pino({ level: 'warn', base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { error: pino.stdSerializers.err } }, pino.destination({ fd: 2, sync: true }));
  const engine = openEngine({ file: join(dataDir, 'engine.db'), clock: createClock(createSteadyTime({ onJump: (milliseconds) => { logger.warn({ milliseconds }, "The machine's clock was set, or the machine slept: what is due now is done now, and no time comes twice."); } })), timeZone, logger, ...acceptedLoss(process.env['STELLWERK_ACCEPT_LOSS']), ...(historyDays === null ? {} : { keepHistoryMs: historyDays * 86_400_000 }) });
  let serving: Awaited<ReturnType<typeof serve>> | undefined;
  let control: ControlSocket | undefined;
  const end = async () => {
    await control?.close();
    // No new connection; then the engine answers what it holds, and turns away what still comes with words that clients retry on.
    const closed = serving?.close(ANSWER_WITHIN_MS);
    await engine.close();
    await closed;
  };
  try {
    control = await openControlSocket({ folder: dataDir, logger });
    const deployed = await deployFiles(engine, resources);
    serving = await serve(engine.handle, { host: address, port }, createMetrics(engine)).catch((error: unknown) => {
      throw asListenRefusal(error, { host: address, port });
    });
    if (deployed.length > 0) say(`Deployed ${deployed.join(', ')}.`);
  } catch (error) {
    await end();
    throw error;
  }
  endOnSignal(end);
  say(`The engine runs at ${serving.address} (data in ${dataDir}). Nobody signs in: programs of this machine only. End with Ctrl-C.`);
}

/** `engine@N`, as the refusal to start names it. */
function acceptedLoss(text = ''): { acceptLoss?: number } {
  const position = /^engine@(\d{1,15})$/.exec(text)?.[1];
  return position === undefined ? {} : { acceptLoss: Number(position) };
}

/** A second signal does not wait. */
function endOnSignal(end: () => Promise<void>): void {
  let ending = false;
  const onSignal = () => {
    if (ending) process.exit(1);
    ending = true;
    end().then(() => process.exit(0), (error: unknown) => fail(sentenceOf(error)));
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
