// How to reach a cluster, whatever told us: address, trust, credentials.

export type ClusterCredentials =
  | { kind: 'none' }
  | { kind: 'token'; token: string }
  | { kind: 'token-file'; path: string }
  | { kind: 'basic'; username: string; password: string }
  | { kind: 'certificate' }
  | { kind: 'exec'; plugin: ExecPlugin };

/** A program that prints credentials, as cloud providers bring along. */
export type ExecPlugin = { command: string; args: readonly string[]; env: Record<string, string>; apiVersion: string };

export type ClusterAccess = {
  server: string;
  /** PEM; null: the system's own authorities. */
  ca: string | null;
  /** PEM of a client certificate, beside or instead of other credentials. */
  certificate: { cert: string; key: string } | null;
  serverName: string | null;
  /** Only where the kubeconfig says so. */
  insecure: boolean;
  credentials: ClusterCredentials;
};
