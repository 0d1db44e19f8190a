// What we declare of one decision service's serving: its stable version, the candidate beside it, the candidate's share.
// It is kept in an annotation of the InferenceService, so that every instance of ours, and every person, sees the same.
import { z } from 'zod';
import { parseJson } from '../../../ledger/parse-json.ts';
import { PlatformError } from '../platform-error.ts';
import type { DeployableVersion } from '../ports.ts';

export const declarationAnnotation = 'stellwerk/declaration';

const Version = z.object({
  name: z.string(),
  storageUri: z.string(),
  format: z.object({ name: z.string(), version: z.string().optional() }),
  digest: z.string(),
  protocol: z.enum(['v1', 'v2']),
});
export type DeclaredVersion = z.infer<typeof Version>;

export const Declaration = z.object({
  stable: Version,
  candidate: Version.nullable(),
  /** Of the candidate, 0 to 100. */
  percent: z.number().int().min(0).max(100),
  /**
   * Knative mode: a candidate was taken back. The newest revision is the stable version again, but stays at 0 % beside the
   * revision that was rolled out before: taking the field away would send all traffic to the newest *ready* revision, which
   * is the candidate until the restored one is up.
   */
  rolledBack: z.boolean().default(false),
});
export type Declaration = z.infer<typeof Declaration>;

/** Null where the annotation is missing or was made unreadable: then the object is not ours. */
export function readDeclaration(annotations: Record<string, string> | undefined): Declaration | null {
  const text = annotations?.[declarationAnnotation];
  if (text === undefined) return null;
  const parsed = Declaration.safeParse(parseJson(text));
  return parsed.success ? parsed.data : null;
}

/** As it is written; the same declaration always gives the same text. */
export function writeDeclaration({ stable, candidate, percent, rolledBack }: Declaration): string {
  return JSON.stringify({ stable: ordered(stable), candidate: candidate === null ? null : ordered(candidate), percent, rolledBack });
}

function ordered({ name, storageUri, format, digest, protocol }: DeclaredVersion): DeclaredVersion {
  return { name, storageUri, format: { name: format.name, ...(format.version === undefined ? {} : { version: format.version }) }, digest, protocol };
}

/** Checks what a person or a registry wrote, before Kubernetes sees it. Throws `invalid`. */
export function toDeclaredVersion(version: DeployableVersion): DeclaredVersion {
  checkNames(version.service, version.name);
  if (!/^[0-9a-f]{64}$/.test(version.digest)) throw invalid(`The digest of "${version.name}" is no SHA-256 in hex`);
  if (!/^[a-z0-9+.-]+:\/\/\S+$/i.test(version.storageUri)) throw invalid(`The storage address of "${version.name}" is no URI`);
  if (version.format.name.trim() === '') throw invalid(`The model format of "${version.name}" is empty`);
  return ordered({ ...version, protocol: version.protocol ?? 'v2' });
}

const label = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;

/** KServe names a Deployment `<service>-<version>-predictor`, and Kubernetes allows 63 characters. */
export function checkNames(service: string, name: string): void {
  for (const [what, value] of [['decision service', service], ['model version', name]] as const) {
    if (!label.test(value)) throw invalid(`The ${what} "${value}" cannot be a Kubernetes name: small letters, digits and hyphens, a letter first`);
  }
  const length = `${service}-${name}-predictor`.length;
  if (length > 63) throw invalid(`The names "${service}" and "${name}" together make a Deployment's name of ${length} characters; 63 are allowed`);
}

/** Kubernetes takes 1000 without a word: neither the schema nor KServe's webhook bounds it. */
export function checkPercent(percent: number): void {
  if (!Number.isInteger(percent) || percent < 0 || percent > 100) throw invalid(`The canary's share must be a whole number from 0 to 100, found ${percent}`);
}

export function sameVersion(a: DeclaredVersion, b: DeclaredVersion): boolean {
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

function invalid(what: string): PlatformError {
  return new PlatformError('invalid', 'kubernetes', `${what}.`);
}
