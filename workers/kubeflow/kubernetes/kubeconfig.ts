// Reads kubeconfig files as kubectl does: several are merged, the first to name something wins, paths are relative to their file.
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse as parseYaml, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { PlatformError } from '../platform-error.ts';
import type { ClusterAccess, ClusterCredentials } from './cluster-access.ts';

const Text = z.string().min(1).optional();
const Cluster = z.object({
  server: z.url({ protocol: /^https?$/ }),
  'certificate-authority': Text,
  'certificate-authority-data': Text,
  'insecure-skip-tls-verify': z.boolean().optional(),
  'tls-server-name': Text,
  'proxy-url': Text,
});
const Exec = z.object({
  apiVersion: z.string(),
  command: z.string().min(1),
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
});
const User = z.object({
  token: Text,
  tokenFile: Text,
  username: Text,
  password: Text,
  'client-certificate': Text,
  'client-certificate-data': Text,
  'client-key': Text,
  'client-key-data': Text,
  exec: Exec.nullish(),
  'auth-provider': z.unknown().optional(),
});
const named = <T extends z.ZodType, K extends string>(key: K, value: T) => z.array(z.object({ name: z.string(), [key]: value } as { name: z.ZodString } & Record<K, T>)).nullish();
const Kubeconfig = z.object({
  'current-context': z.string().nullish(),
  clusters: named('cluster', Cluster),
  users: named('user', User),
  contexts: named('context', z.object({ cluster: z.string(), user: z.string().optional() })),
});
type Cluster = z.infer<typeof Cluster>;
type User = z.infer<typeof User>;

/** The access of the current context. Throws `PlatformError` of kind `not-configured` with what is wrong in which file. */
export async function readKubeconfig(files: readonly string[]): Promise<ClusterAccess> {
  const configs = await Promise.all(files.map(readOne));
  const where = files.join(', ');
  const current = configs.map(({ config }) => config['current-context']).find((name) => typeof name === 'string' && name !== '');
  if (current === undefined || current === null) throw wrong(`${where} names no current-context`);
  const context = firstNamed(configs, (config) => config.contexts, current);
  if (context === undefined) throw wrong(`${where} has no context "${current}"`);
  const cluster = firstNamed(configs, (config) => config.clusters, context.found.context.cluster);
  if (cluster === undefined) throw wrong(`${where} has no cluster "${context.found.context.cluster}"`);
  const userName = context.found.context.user;
  const user = userName === undefined || userName === '' ? null : firstNamed(configs, (config) => config.users, userName);
  if (user === undefined) throw wrong(`${where} has no user "${userName ?? ''}"`);
  return accessOf(cluster, user === null ? null : user);
}

type Read = { file: string; config: z.infer<typeof Kubeconfig> };
type Found<T> = { file: string; found: T };

async function readOne(file: string): Promise<Read> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw wrong(`${file} cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'})`);
  });
  const parsed = Kubeconfig.safeParse(readYaml(file, text));
  if (parsed.success) return { file, config: parsed.data };
  const issue = parsed.error.issues[0];
  throw wrong(`${file} is no kubeconfig: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

function readYaml(file: string, text: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    if (error instanceof YAMLParseError) throw wrong(`${file} is no YAML (line ${error.linePos?.[0].line ?? 0})`);
    throw error;
  }
}

function firstNamed<T extends { name: string }>(configs: readonly Read[], pick: (config: Read['config']) => readonly T[] | null | undefined, name: string): Found<T> | undefined {
  for (const { file, config } of configs) {
    const found = pick(config)?.find((entry) => entry.name === name);
    if (found !== undefined) return { file, found };
  }
  return undefined;
}

async function accessOf(cluster: Found<{ cluster: Cluster }>, user: Found<{ user: User }> | null): Promise<ClusterAccess> {
  const about = cluster.found.cluster;
  if (about['proxy-url'] !== undefined) throw wrong(`${cluster.file} wants a proxy (proxy-url), which is not supported`);
  const certificate = user === null ? null : await certificateOf(user);
  return {
    server: about.server,
    ca: await pem(cluster.file, about['certificate-authority-data'], about['certificate-authority']),
    certificate,
    serverName: about['tls-server-name'] ?? null,
    insecure: about['insecure-skip-tls-verify'] ?? false,
    credentials: user === null ? { kind: 'none' } : credentialsOf(user, certificate !== null),
  };
}

async function certificateOf({ file, found: { user } }: Found<{ user: User }>): Promise<ClusterAccess['certificate']> {
  const cert = await pem(file, user['client-certificate-data'], user['client-certificate']);
  const key = await pem(file, user['client-key-data'], user['client-key']);
  if (cert === null && key === null) return null;
  if (cert === null || key === null) throw wrong(`${file} has a client certificate without its key, or the key alone`);
  return { cert, key };
}

function credentialsOf({ file, found: { user } }: Found<{ user: User }>, hasCertificate: boolean): ClusterCredentials {
  // kubectl's order: the file wins over the token, and both over a program.
  if (user.tokenFile !== undefined) return { kind: 'token-file', path: resolve(dirname(file), user.tokenFile) };
  if (user.token !== undefined) return { kind: 'token', token: user.token };
  if (user.exec !== undefined && user.exec !== null) {
    const { command, args, env, apiVersion } = user.exec;
    const beside = command.includes('/') ? resolve(dirname(file), command) : command;
    return { kind: 'exec', plugin: { command: beside, args: args ?? [], env: Object.fromEntries((env ?? []).map(({ name, value }) => [name, value])), apiVersion } };
  }
  if (user.username !== undefined) return { kind: 'basic', username: user.username, password: user.password ?? '' };
  if (user['auth-provider'] !== undefined) throw wrong(`${file} uses auth-provider, which Kubernetes has given up; use an exec plugin`);
  return hasCertificate ? { kind: 'certificate' } : { kind: 'none' };
}

/** Data in Base64 wins over a file. */
async function pem(file: string, data: string | undefined, path: string | undefined): Promise<string | null> {
  if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8');
  if (path === undefined) return null;
  const beside = resolve(dirname(file), path);
  return readFile(beside, 'utf8').catch((error: unknown) => {
    throw wrong(`${beside}, which ${file} names, cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'})`);
  });
}

function wrong(what: string): PlatformError {
  return new PlatformError('not-configured', 'kubernetes', `The cluster cannot be reached as configured: ${what}. Set KUBECONFIG right.`);
}
