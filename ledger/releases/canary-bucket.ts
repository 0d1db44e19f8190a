/** Which cases a canary gets: a hash of release and case against its share. A repeated case meets the same version. */
import { createHash } from 'node:crypto';

/**
 * SHA-256(release id + ':' + case id), its first 48 bits as a share of 1. The case belongs to the canary while this is
 * below the share: a growing share keeps who is in it. No secret, for nothing is won by choosing a version.
 */
export function canaryBucket(releaseId: string, caseId: string): number {
  return createHash('sha256').update(`${releaseId}:${caseId}`, 'utf8').digest().readUIntBE(0, 6) / 2 ** 48;
}
