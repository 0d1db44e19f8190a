// Connections to the Kubernetes API from whatever credentials are configured; read at the first call, renewed when they end.
import type { Dispatcher } from 'undici';
import { bearer, createDispatcher, type Connection, type Connector, type TlsOptions } from '../http/connection.ts';
import type { ClusterAccess } from './cluster-access.ts';
import { askExecPlugin, type ExecCredential } from './exec-credential.ts';

/** A program's credentials are asked for anew this long before they end. */
const renewBeforeMs = 60_000;

/** `readAccess` is called once, at the first call, and again after it failed: a cluster that is not reachable must not keep the product from starting. */
export function kubernetesConnector(readAccess: () => Promise<ClusterAccess>, clock: { now(): number }): Connector {
  let access: Promise<ClusterAccess> | undefined;
  let dispatcher: { tls: string; value: Dispatcher } | undefined;
  let credential: ExecCredential | undefined;

  /** One dispatcher as long as the certificates stay the same. */
  function dispatcherFor({ ca, certificate, serverName, insecure }: ClusterAccess, own: ExecCredential['certificate']): Dispatcher {
    const pair = own ?? certificate;
    const tls: TlsOptions = {
      ...(ca === null ? {} : { ca }),
      ...(pair === null ? {} : pair),
      ...(serverName === null ? {} : { servername: serverName }),
      ...(insecure ? { rejectUnauthorized: false } : {}),
    };
    const key = JSON.stringify(tls);
    if (dispatcher?.tls !== key) dispatcher = { tls: key, value: createDispatcher(tls) };
    return dispatcher.value;
  }

  async function headersOf({ credentials }: ClusterAccess): Promise<Record<string, string>> {
    switch (credentials.kind) {
      case 'token':
        return { authorization: `Bearer ${credentials.token}` };
      case 'token-file':
        return bearer('kubernetes', { kind: 'file', path: credentials.path });
      case 'basic':
        return { authorization: `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}` };
      case 'exec':
        return credential?.token === undefined || credential.token === null ? {} : { authorization: `Bearer ${credential.token}` };
      case 'none':
      case 'certificate':
        return {};
      default:
        return credentials satisfies never;
    }
  }

  return {
    async connect(signal): Promise<Connection> {
      access ??= readAccess();
      const found = await access.catch((error: unknown) => {
        access = undefined;
        throw error;
      });
      if (found.credentials.kind === 'exec' && isOver(credential, clock.now())) credential = await askExecPlugin(found.credentials.plugin, signal);
      return { address: found.server, headers: await headersOf(found), dispatcher: dispatcherFor(found, credential?.certificate ?? null) };
    },
    /** A kubeconfig may have been written anew; a token file is read at each call anyway. */
    forget() {
      access = undefined;
      credential = undefined;
      return true;
    },
  };
}

function isOver(credential: ExecCredential | undefined, now: number): boolean {
  return credential === undefined || (credential.expiresAt !== null && credential.expiresAt - renewBeforeMs <= now);
}
