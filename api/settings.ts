/** All configuration: one schema reads the environment, refuses what is wrong in a sentence, and makes the README's table. */
import { resolve } from 'node:path';
import { z } from 'zod';

const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${from} to ${to}`)
    .transform(Number)
    .refine((value) => value >= from && value <= to, `must be a whole number from ${from} to ${to}`);

const httpAddress = z
  .url({ protocol: /^https?$/, error: 'must be an address that starts with http:// or https://' })
  .transform((address) => address.replace(/\/+$/, ''));

const timeZone = z.string().refine(isTimeZone, 'must be an IANA time zone, for instance Europe/Berlin');

const yesOrNo = z.enum(['yes', 'no'], { error: 'must be yes or no' }).transform((value) => value === 'yes');

/** One variable: its schema, its default as text (or null where it is off), and what it does. */
type Variable<S extends z.ZodType> = { schema: S; default: string | null; does: string };
const variable = <S extends z.ZodType>(schema: S, preset: string | null, does: string): Variable<S> => ({ schema, default: preset, does });

const variables = {
  STELLWERK_DATA: variable(z.string().min(1, 'must name a folder'), './data', 'Folder of all that is kept: engine, ledger, keys, `first-run.json`.'),
  STELLWERK_HOST: variable(z.string().min(1, 'must name an address to listen on'), '127.0.0.1', 'Address to listen on. Loopback unless told otherwise.'),
  STELLWERK_PORT: variable(wholeNumber(0, 65_535), '4600', 'Port to listen on; 0 takes any free one.'),
  STELLWERK_PUBLIC_URL: variable(httpAddress.optional(), null, 'Address under which people reach the product, where it stands behind a proxy. With https, cookies are marked secure.'),
  STELLWERK_TIMEZONE: variable(timeZone, 'UTC', 'Time zone of timer cycles and of `now()` in processes.'),
  STELLWERK_LOG: variable(z.enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'must be debug, info, warn, error or silent' }), 'warn', 'Least important entry that is logged (JSON lines on standard error).'),
  STELLWERK_UI: variable(z.enum(['build', 'skip'], { error: 'must be build or skip' }), 'build', '`build` makes the pages where they are missing or older than their sources; `skip` never does.'),
  STELLWERK_DEMO: variable(z.enum(['full', 'releases', 'none'], { error: 'must be full, releases or none' }), 'full', 'What an empty data folder is filled with: demo releases and replayed cases, the releases alone, or nothing.'),
  STELLWERK_MODEL_SERVER_URL: variable(httpAddress.optional(), null, 'Address of a model server (KServe or any Open Inference Protocol server). Without it the local one is started.'),
  STELLWERK_SIGN_IN_LIMIT: variable(wholeNumber(1, 100_000), '20', 'Attempts to sign in per minute with one name from one address; three times as many with all names together. Behind a proxy all people share its address: set it higher there.'),
  STELLWERK_START_LIMIT: variable(wholeNumber(1, 10_000_000), '30000', 'Cases and instances an API key may start per minute.'),
  STELLWERK_WEBHOOKS_TO_PRIVATE_ADDRESSES: variable(yesOrNo, 'no', '`yes` lets webhooks go to loopback and private addresses.'),
  CAMUNDA_REST_ADDRESS: variable(httpAddress.optional(), null, "Address of a Camunda 8 cluster to use instead of the embedded engine, with the SDK's own variables for signing in. `npm run test:camunda` runs the product on the real broker 8.6.0."),
  DATABASE_URL: variable(z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }).optional(), null, 'A PostgreSQL ledger comes in a later version: where this is set, the start is refused with a sentence.'),
} as const;

type VariableName = keyof typeof variables;

export type Settings = {
  /** Absolute. */
  dataDir: string;
  host: string;
  port: number;
  publicUrl: string | undefined;
  timeZone: string;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  buildPages: boolean;
  demo: 'full' | 'releases' | 'none';
  modelServerUrl: string | undefined;
  signInsPerMinute: number;
  startsPerMinute: number;
  webhooksToPrivateAddresses: boolean;
  clusterAddress: string | undefined;
  databaseUrl: string | undefined;
};

export type SettingsResult = { ok: true; settings: Settings } | { ok: false; problems: string[] };

/** Reads the environment. Each problem is a sentence that names the variable, what it must be, and what was found. */
export function readSettings(environment: Record<string, string | undefined>): SettingsResult {
  const problems: string[] = [];
  const read = <N extends VariableName>(name: N): z.output<(typeof variables)[N]['schema']> | undefined => {
    const { schema, default: preset } = variables[name];
    const given = environment[name];
    const text = given === undefined || given === '' ? (preset ?? undefined) : given;
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data as z.output<(typeof variables)[N]['schema']>;
    problems.push(`${name} ${parsed.error.issues[0]?.message ?? 'is wrong'}; found "${text ?? ''}". Set it right or leave it out.`);
    return undefined;
  };
  problems.push(...unknownNames(environment));
  const settings = {
    dataDir: resolve(read('STELLWERK_DATA') ?? '.'),
    host: read('STELLWERK_HOST') ?? '',
    port: read('STELLWERK_PORT') ?? 0,
    publicUrl: read('STELLWERK_PUBLIC_URL'),
    timeZone: read('STELLWERK_TIMEZONE') ?? '',
    logLevel: read('STELLWERK_LOG') ?? 'warn',
    buildPages: read('STELLWERK_UI') === 'build',
    demo: read('STELLWERK_DEMO') ?? 'none',
    modelServerUrl: read('STELLWERK_MODEL_SERVER_URL'),
    signInsPerMinute: read('STELLWERK_SIGN_IN_LIMIT') ?? 0,
    startsPerMinute: read('STELLWERK_START_LIMIT') ?? 0,
    webhooksToPrivateAddresses: read('STELLWERK_WEBHOOKS_TO_PRIVATE_ADDRESSES') ?? false,
    clusterAddress: read('CAMUNDA_REST_ADDRESS'),
    databaseUrl: read('DATABASE_URL'),
  };
  return problems.length === 0 ? { ok: true, settings } : { ok: false, problems };
}

/** The configuration table of the README, as Markdown. */
export function settingsTable(): string {
  const rows = Object.entries(variables).map(([name, { default: preset, does }]) => `| \`${name}\` | ${preset === null ? '–' : `\`${preset}\``} | ${does} |`);
  return ['| variable | default | what it does |', '|---|---|---|', ...rows].join('\n');
}

/** Of tests, development and the engine's oracle: not the product's. */
const otherNames = /^STELLWERK_(TEST|DEV|JAVA|ORACLE)_/;

/** A misspelt variable would silently do nothing: name it. */
function unknownNames(environment: Record<string, string | undefined>): string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith('STELLWERK_') && !otherNames.test(name) && !(name in variables))
    .map((name) => `${name} is not a setting. Known are: ${Object.keys(variables).join(', ')}.`);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
