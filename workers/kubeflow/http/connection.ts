// Where a platform's server is and how we prove who we are; made anew when credentials change.
import { readFile } from 'node:fs/promises';
import { Agent, type Dispatcher } from 'undici';
import { PlatformError, type PlatformSystem } from '../platform-error.ts';
import type { ServiceSettings, TokenSource } from '../settings.ts';

export type Connection = { address: string; headers: Record<string, string>; dispatcher: Dispatcher };

export type Connector = {
  connect(signal: AbortSignal): Promise<Connection>;
  /** The server refused the credentials: the next `connect` fetches fresh ones. True if there may be any. */
  forget(): boolean;
};

export type TlsOptions = { ca?: string; cert?: string; key?: string; servername?: string; rejectUnauthorized?: boolean };

/** Larger answers are refused: nothing that we ask for comes near it. */
const largestAnswer = 32 * 1024 * 1024;

/**
 * Redirects are not followed, connections are kept. HTTP/1.1 alone: when a server ends an HTTP/2 connection, undici 8.12
 * throws where nobody can catch it, and the process ends.
 */
export function createDispatcher(tls: TlsOptions = {}): Dispatcher {
  return new Agent({ connect: { ...tls }, allowH2: false, maxResponseSize: largestAnswer });
}

/** Of a service with an address and a bearer token. A token file is read anew at each call: others renew it. */
export function serviceConnector(system: PlatformSystem, settings: ServiceSettings): Connector {
  let dispatcher: Dispatcher | undefined;
  return {
    async connect() {
      dispatcher ??= createDispatcher(settings.caFile === null ? {} : { ca: await readSecretFile(system, settings.caFile, 'certificate authorities') });
      return { address: settings.url, headers: await bearer(system, settings.token), dispatcher };
    },
    forget: () => settings.token.kind === 'file',
  };
}

/** Of a server in the same house that asks for nothing. */
export function openConnector(address: () => string): Connector {
  const dispatcher = createDispatcher();
  return { connect: () => Promise.resolve({ address: address(), headers: {}, dispatcher }), forget: () => false };
}

export async function bearer(system: PlatformSystem, token: TokenSource): Promise<Record<string, string>> {
  if (token.kind === 'none') return {};
  const text = token.kind === 'fixed' ? token.token : (await readSecretFile(system, token.path, 'token')).trim();
  return { authorization: `Bearer ${text}` };
}

/** The file's text; a missing one is a sentence that names it. */
export async function readSecretFile(system: PlatformSystem, path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new PlatformError('unauthorized', system, `The file of the ${what} for ${systemNames[system]} cannot be read (${code}): ${path}.`);
  }
}

export const systemNames: Record<PlatformSystem, string> = {
  kubernetes: 'the Kubernetes API',
  pipelines: 'Kubeflow Pipelines',
  'model-registry': 'the Model Registry',
  'model-server': 'the model server',
};
