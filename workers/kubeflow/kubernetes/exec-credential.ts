// Runs the program that a kubeconfig names for credentials (client.authentication.k8s.io) and reads what it prints.
import { execFile } from 'node:child_process';
import { z } from 'zod';
import { parseJson } from '../../../ledger/parse-json.ts';
import { PlatformError } from '../platform-error.ts';
import type { ExecPlugin } from './cluster-access.ts';

const Printed = z.object({
  status: z.object({
    expirationTimestamp: z.iso.datetime({ offset: true }).optional(),
    token: z.string().min(1).optional(),
    clientCertificateData: z.string().optional(),
    clientKeyData: z.string().optional(),
  }),
});

export type ExecCredential = {
  token: string | null;
  certificate: { cert: string; key: string } | null;
  /** Milliseconds since 1970; null: as long as the server takes it. */
  expiresAt: number | null;
};

const timeLimitMs = 30_000;

/** Throws `PlatformError` of kind `unauthorized`; what the program printed is in `detail`. */
export async function askExecPlugin(plugin: ExecPlugin, signal: AbortSignal): Promise<ExecCredential> {
  const output = await run(plugin, signal);
  const parsed = Printed.safeParse(parseJson(output));
  if (!parsed.success) throw refused(plugin, 'printed no ExecCredential', null);
  const { token, clientCertificateData: cert, clientKeyData: key, expirationTimestamp } = parsed.data.status;
  if (token === undefined && (cert === undefined || key === undefined)) throw refused(plugin, 'printed neither a token nor a certificate with its key', null);
  return {
    token: token ?? null,
    certificate: cert === undefined || key === undefined ? null : { cert, key },
    expiresAt: expirationTimestamp === undefined ? null : Date.parse(expirationTimestamp),
  };
}

function run({ command, args, env, apiVersion }: ExecPlugin, signal: AbortSignal): Promise<string> {
  const info = JSON.stringify({ apiVersion, kind: 'ExecCredential', spec: { interactive: false } });
  return new Promise((resolve, reject) => {
    execFile(command, [...args], { env: { ...process.env, ...env, KUBERNETES_EXEC_INFO: info }, signal, timeout: timeLimitMs, maxBuffer: 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else if (signal.aborted) reject(signal.reason instanceof Error ? signal.reason : error);
      else reject(refused({ command, args, env, apiVersion }, `failed (${String(error.code ?? 'ended')})`, stderr));
    });
  });
}

function refused({ command }: ExecPlugin, what: string, detail: string | null): PlatformError {
  return new PlatformError('unauthorized', 'kubernetes', `The program "${command}", which the kubeconfig names for credentials, ${what}. Run it by hand to see why.`, { detail: detail === null ? null : detail.slice(0, 500) });
}
