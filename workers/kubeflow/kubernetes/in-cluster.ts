// The access that Kubernetes gives every pod: the service account's token and certificate authority, and the API's address.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlatformError } from '../platform-error.ts';
import type { ClusterAccess } from './cluster-access.ts';

const usualFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Throws `PlatformError` of kind `not-configured` outside a pod. The token is a file because Kubernetes renews it. */
export async function inClusterAccess(environment: Record<string, string | undefined>, folder = usualFolder): Promise<ClusterAccess> {
  const host = environment['KUBERNETES_SERVICE_HOST'];
  const port = environment['KUBERNETES_SERVICE_PORT'] ?? '443';
  if (host === undefined || host === '') {
    throw new PlatformError('not-configured', 'kubernetes', 'KSERVE_NAMESPACE is set, but there is neither a KUBECONFIG nor a service account of a pod. Set KUBECONFIG.');
  }
  const ca = await readFile(join(folder, 'ca.crt'), 'utf8').catch(() => {
    throw new PlatformError('not-configured', 'kubernetes', `The pod has no service account mounted: ${folder}/ca.crt is missing. Mount it or set KUBECONFIG.`);
  });
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    ca,
    certificate: null,
    serverName: null,
    insecure: false,
    credentials: { kind: 'token-file', path: join(folder, 'token') },
  };
}
