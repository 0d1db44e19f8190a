// The command line of `npm run engine`: what it may say, and a sentence for everything else.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isTimeZone } from '../is-time-zone.ts';

export type Arguments = {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  /** Files and folders to deploy at the start, absolute. */
  readonly resources: readonly string[];
  readonly timeZone: string;
  /** Null: ended process instances are kept for ever. */
  readonly historyDays: number | null;
};

export type ReadArguments = { readonly kind: 'run'; readonly arguments: Arguments } | { readonly kind: 'help' } | { readonly kind: 'wrong'; readonly sentence: string };

/** Port of Camunda 8 Run: what modelers and SDKs look for when nobody tells them. */
const DEFAULT_PORT = 8080;

export const help = `npm run engine -- [--port ${DEFAULT_PORT}] [--data ./engine-data] [--resources FILE_OR_FOLDER]… [--host 127.0.0.1] [--time-zone UTC] [--history-days N]

Runs the embedded engine alone, with the Camunda 8 REST API under /v2 and without sign-in, on the loopback.
  --port       port to listen on; 0 takes any free one
  --data       folder of its store and documents; made where it is missing
  --resources  .bpmn, .dmn and .form files to deploy at the start, or folders of them; may be repeated
  --host       a loopback address
  --time-zone  IANA time zone of timer cycles and of now()
  --history-days  days for which process instances are kept after their end; without it for ever
`;

/** Reads what stands after \`npm run engine --\`. */
export function readArguments(words: readonly string[]): ReadArguments {
  const parsed = parse(words);
  if (parsed instanceof Error) return wrong(`${parsed.message.split('. ')[0] ?? ''}.`);
  const { help: wantsHelp, host, port, data, resources, 'time-zone': timeZone, 'history-days': historyDays } = parsed;
  if (wantsHelp) return { kind: 'help' };
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return wrong(`--port must be a whole number from 0 to 65535; found "${port}".`);
  if (data === '') return wrong('--data must name a folder.');
  if (!isTimeZone(timeZone)) return wrong(`--time-zone must be an IANA time zone, for instance Europe/Berlin; found "${timeZone}".`);
  if (historyDays !== undefined && !/^[1-9]\d{0,4}$/.test(historyDays)) return wrong(`--history-days must be a whole number from 1 to 99999; found "${historyDays}".`);
  return { kind: 'run', arguments: { host, port: Number(port), dataDir: resolve(data), resources: resources.map((path) => resolve(path)), timeZone, historyDays: historyDays === undefined ? null : Number(historyDays) } };
}

const wrong = (sentence: string): ReadArguments => ({ kind: 'wrong', sentence: `${sentence} "npm run engine -- --help" tells what can be said.` });

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: String(DEFAULT_PORT) },
        data: { type: 'string', default: './engine-data' },
        resources: { type: 'string', multiple: true, default: [] },
        'time-zone': { type: 'string', default: 'UTC' },
        'history-days': { type: 'string' },
      },
    }).values;
  } catch (error) {
    // parseArgs throws a TypeError with a sentence for whatever it does not know.
    if (error instanceof TypeError) return error;
    throw error;
  }
}
