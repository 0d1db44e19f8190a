/** All configuration: one schema reads the environment, refuses what is wrong in a sentence, and makes the README's table. */
import { delimiter, join, resolve } from 'node:path';
import { z } from 'zod';
import { isTimeZone } from '../engine/is-time-zone.ts';

const modelsFolder = join(import.meta.dirname, '../models');

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

const historyDays = z
  .string()
  .refine((text) => text === 'forever' || (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= 36_500), 'must be a whole number of days from 1 to 36500, or forever')
  .transform((text) => (text === 'forever' ? null : Number(text)));

/** `engine@N`, `ledger@N`, `keys@N`, or several with commas between. */
const acceptedLoss = z
  .string()
  .regex(/^(engine|ledger|keys)@\d{1,15}(,(engine|ledger|keys)@\d{1,15}){0,2}$/, 'must be engine@N, ledger@N, keys@N or several with commas between, as the refusal to start said')
  .transform((text) => Object.fromEntries(text.split(',').map((one) => one.split('@'))) as Partial<Record<'engine' | 'ledger' | 'keys', string>>)
  .optional();

/** What may stand in an HTTP header. */
const token = z.string().regex(/^[\x21-\x7e]+$/, 'must be a token without spaces').optional();

const filePath = z.string().min(1, 'must name a file').optional();

/** One variable: its schema, its default as text (or null where it is off), and what it does. */
type Variable<S extends z.ZodType> = { schema: S; default: string | null; does: string };
const variable = <S extends z.ZodType>(schema: S, preset: string | null, does: string): Variable<S> => ({ schema, default: preset, does });

const variables = {
  STELLWERK_DATA: variable(z.string().min(1, 'must name a folder'), './data', 'Folder of all that is kept: engine, ledger, keys, `first-run.json`.'),
  STELLWERK_HOST: variable(z.string().min(1, 'must name an address to listen on'), '127.0.0.1', 'Address to listen on. Loopback unless told otherwise.'),
  STELLWERK_PORT: variable(wholeNumber(0, 65_535), '4600', 'Port to listen on; 0 takes any free one.'),
  STELLWERK_ROLE: variable(z.enum(['all', 'api', 'workers'], { error: 'must be all, api or workers' }), 'all', 'What this process does: `api` answers requests, `workers` works on jobs and carries effects out (and answers how it is), `all` both. Apart only with `CAMUNDA_REST_ADDRESS` and `DATABASE_URL`.'),
  STELLWERK_PUBLIC_URL: variable(httpAddress.optional(), null, 'Address under which people reach the product, where it stands behind a proxy. With https, cookies are marked secure.'),
  STELLWERK_TIMEZONE: variable(timeZone, 'UTC', 'Time zone of timer cycles and of `now()` in processes.'),
  STELLWERK_HISTORY_DAYS: variable(historyDays, '183', 'Days for which the embedded engine keeps process instances after their end, with all that belongs to them; then they are purged in the background. `forever` keeps them. The ledger keeps its records whatever is set here.'),
  STELLWERK_ACCEPT_LOSS: variable(acceptedLoss, null, 'For one start: goes on although acknowledged work is missing, from exactly the end that the refusal to start named.'),
  STELLWERK_LOG: variable(z.enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'must be debug, info, warn, error or silent' }), 'warn', 'Least important entry that is logged (JSON lines on standard error).'),
  STELLWERK_UI: variable(z.enum(['build', 'skip'], { error: 'must be build or skip' }), 'build', '`build` makes the pages where they are missing or older than their sources; `skip` never does.'),
  STELLWERK_DEMO: variable(z.enum(['full', 'releases', 'none'], { error: 'must be full, releases or none' }), 'full', 'What an empty data folder is filled with: demo releases and replayed cases, the releases alone, or nothing.'),
  STELLWERK_EVALUATION_DATA: variable(z.string().min(1, 'must name a folder').optional(), null, "Folder below which the files of labelled rows lie that decision services name for evaluations. Without it the demo's own, `models/`."),
  STELLWERK_MODEL_SERVER_URL: variable(httpAddress.optional(), null, 'Address of a model server (KServe or any Open Inference Protocol server). Without it the local one is started.'),
  KSERVE_NAMESPACE: variable(z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'must be the name of a namespace').optional(), null, 'Namespace of InferenceServices. Where it is set, model versions are deployed through the Kubernetes API, with the credentials of `KUBECONFIG` or of the pod; without it they are loaded into the local model server.'),
  KUBECONFIG: variable(z.string().optional(), null, 'Kubeconfig files, as for kubectl. Read only where `KSERVE_NAMESPACE` is set.'),
  KSERVE_MODE: variable(z.enum(['Knative', 'Standard'], { error: 'must be Knative or Standard' }), 'Knative', 'How KServe runs predictors, and with that how it splits traffic: `Knative` by `canaryTrafficPercent`, `Standard` by `spec.canary` (KServe 0.20 or newer).'),
  KUBEFLOW_PIPELINES_URL: variable(httpAddress.optional(), null, 'Address of Kubeflow Pipelines, without `/apis`. Retraining starts runs there; without it, it says that no pipelines are configured.'),
  KUBEFLOW_PIPELINES_TOKEN: variable(token, null, 'Bearer token for it.'),
  KUBEFLOW_PIPELINES_TOKEN_FILE: variable(filePath, null, 'File with the bearer token, read at each call, in place of the token.'),
  MODEL_REGISTRY_URL: variable(httpAddress.optional(), null, 'Address of a Kubeflow Model Registry, without `/api`. Without it the models of the local model server are the registry.'),
  MODEL_REGISTRY_TOKEN: variable(token, null, 'Bearer token for it.'),
  MODEL_REGISTRY_TOKEN_FILE: variable(filePath, null, 'File with the bearer token, read at each call, in place of the token.'),
  MODEL_REGISTRY_SERVICE_PROPERTY: variable(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must consist of letters, digits and underscores'), 'decision_service', 'Property of a registered version that names the decision service it is meant for.'),
  KUBEFLOW_CA_FILE: variable(filePath, null, 'Certificate authorities (PEM) to trust for both.'),
  STELLWERK_SIGN_IN_LIMIT: variable(wholeNumber(1, 100_000), '20', 'Attempts to sign in per minute with one name from one address; three times as many with all names together. Behind a proxy all people share its address: set it higher there.'),
  STELLWERK_START_LIMIT: variable(wholeNumber(1, 10_000_000), '30000', 'Cases and instances an API key may start per minute.'),
  STELLWERK_WEBHOOKS_TO_PRIVATE_ADDRESSES: variable(yesOrNo, 'no', '`yes` lets webhooks go to loopback and private addresses.'),
  CAMUNDA_REST_ADDRESS: variable(httpAddress.optional(), null, "Address of a Camunda 8 cluster to use instead of the embedded engine, with the SDK's own variables for signing in. `npm run test:camunda` runs the product on the real broker 8.6.0."),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(httpAddress.optional(), null, 'Address of an OpenTelemetry collector (OTLP over HTTP, JSON): traces from the call through outbox, engine and job workers to the model server. `OTEL_SERVICE_NAME` names the product in them.'),
  DATABASE_URL: variable(z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }).optional(), null, 'Address of a PostgreSQL server (15 or newer) for the ledger instead of SQLite files: `postgres://user:password@host/database`, with `?schema=NAME` for another schema than `stellwerk`. Any number of processes may share it.'),
  STELLWERK_MASTER_KEY_FILE: variable(z.string().min(1, 'must name a file').optional(), null, 'With `DATABASE_URL`: file of the master key, the same for all processes. Without it `master.key` in the data folder.'),
} as const;

type VariableName = keyof typeof variables;

export type Settings = {
  /** Absolute. */
  dataDir: string;
  host: string;
  port: number;
  role: 'all' | 'api' | 'workers';
  publicUrl: string | undefined;
  timeZone: string;
  /** Null: for ever. */
  historyDays: number | null;
  /** Where the engine's log and the ledger may end although more was acknowledged. */
  acceptLoss: { engine?: number; ledger?: number; keys?: number };
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  buildPages: boolean;
  demo: 'full' | 'releases' | 'none';
  /** Absolute. */
  evaluationData: string;
  modelServerUrl: string | undefined;
  /** Null: the local model server. */
  kserve: { namespace: string; mode: 'Knative' | 'Standard'; kubeconfig: string[] } | null;
  /** Null: not configured. */
  pipelines: RemoteService | null;
  /** Null: the models of the local model server. */
  modelRegistry: RemoteService | null;
  registryServiceProperty: string;
  signInsPerMinute: number;
  startsPerMinute: number;
  webhooksToPrivateAddresses: boolean;
  clusterAddress: string | undefined;
  tracesTo: string | undefined;
  databaseUrl: string | undefined;
  masterKeyFile: string | undefined;
};

/** A service with an address, a bearer token if it wants one, and certificate authorities of its own. */
export type RemoteService = {
  url: string;
  token: { kind: 'none' } | { kind: 'fixed'; token: string } | { kind: 'file'; path: string };
  caFile: string | null;
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
    problems.push(`${name} ${parsed.error.issues[0]?.message ?? 'is wrong'}; found ${name.endsWith('_TOKEN') ? 'something else' : `"${text ?? ''}"`}. Set it right or leave it out.`);
    return undefined;
  };
  problems.push(...unknownNames(environment));
  const caFile = read('KUBEFLOW_CA_FILE') ?? null;
  const remote = (name: string, url: string | undefined, given: string | undefined, file: string | undefined): RemoteService | null => {
    if (given !== undefined && file !== undefined) problems.push(`${name}_TOKEN and ${name}_TOKEN_FILE are both set. Leave one of them out.`);
    if (url === undefined && (given !== undefined || file !== undefined)) problems.push(`${name}_URL is not set, so its token does nothing. Set it or leave the token out.`);
    if (url === undefined) return null;
    return { url, caFile, token: file !== undefined ? { kind: 'file', path: file } : given !== undefined ? { kind: 'fixed', token: given } : { kind: 'none' } };
  };
  const namespace = read('KSERVE_NAMESPACE');
  const kubeconfig = (read('KUBECONFIG') ?? '').split(delimiter).filter((file) => file !== '');
  const mode = read('KSERVE_MODE') ?? 'Knative';
  if (namespace !== undefined && kubeconfig.length === 0 && (environment['KUBERNETES_SERVICE_HOST'] ?? '') === '') {
    problems.push('KSERVE_NAMESPACE is set, but there is no way to the cluster: set KUBECONFIG, or run in a pod with a service account.');
  }
  const settings = {
    dataDir: resolve(read('STELLWERK_DATA') ?? '.'),
    host: read('STELLWERK_HOST') ?? '',
    port: read('STELLWERK_PORT') ?? 0,
    role: read('STELLWERK_ROLE') ?? 'all',
    publicUrl: read('STELLWERK_PUBLIC_URL'),
    timeZone: read('STELLWERK_TIMEZONE') ?? '',
    historyDays: read('STELLWERK_HISTORY_DAYS') ?? null,
    acceptLoss: Object.fromEntries(Object.entries(read('STELLWERK_ACCEPT_LOSS') ?? {}).map(([part, end]) => [part, Number(end)])),
    logLevel: read('STELLWERK_LOG') ?? 'warn',
    buildPages: read('STELLWERK_UI') === 'build',
    demo: read('STELLWERK_DEMO') ?? 'none',
    evaluationData: resolve(read('STELLWERK_EVALUATION_DATA') ?? modelsFolder),
    modelServerUrl: read('STELLWERK_MODEL_SERVER_URL'),
    kserve: namespace === undefined ? null : { namespace, mode, kubeconfig },
    pipelines: remote('KUBEFLOW_PIPELINES', read('KUBEFLOW_PIPELINES_URL'), read('KUBEFLOW_PIPELINES_TOKEN'), read('KUBEFLOW_PIPELINES_TOKEN_FILE')),
    modelRegistry: remote('MODEL_REGISTRY', read('MODEL_REGISTRY_URL'), read('MODEL_REGISTRY_TOKEN'), read('MODEL_REGISTRY_TOKEN_FILE')),
    registryServiceProperty: read('MODEL_REGISTRY_SERVICE_PROPERTY') ?? '',
    signInsPerMinute: read('STELLWERK_SIGN_IN_LIMIT') ?? 0,
    startsPerMinute: read('STELLWERK_START_LIMIT') ?? 0,
    webhooksToPrivateAddresses: read('STELLWERK_WEBHOOKS_TO_PRIVATE_ADDRESSES') ?? false,
    clusterAddress: read('CAMUNDA_REST_ADDRESS'),
    tracesTo: read('OTEL_EXPORTER_OTLP_ENDPOINT'),
    databaseUrl: read('DATABASE_URL'),
    masterKeyFile: read('STELLWERK_MASTER_KEY_FILE'),
  };
  if (settings.role !== 'all' && (settings.clusterAddress === undefined || settings.databaseUrl === undefined)) {
    problems.push(`STELLWERK_ROLE is ${settings.role}, but the embedded engine and the SQLite ledger live in one process. Set CAMUNDA_REST_ADDRESS and DATABASE_URL, or leave STELLWERK_ROLE out.`);
  }
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
