/** The audit draw: a keyed hash of the case id against the audit share. Who does not know the seed cannot foresee it. */
import { createHmac, createSecretKey } from 'node:crypto';

/** HMAC-SHA256(seed, case id), its first 48 bits as a share of 1, below `auditShare`. */
export function isAuditCase(draw: { seed: string; auditShare: number }, caseId: string): boolean {
  const hash = createHmac('sha256', createSecretKey(draw.seed, 'hex')).update(caseId).digest();
  return hash.readUIntBE(0, 6) / 2 ** 48 < draw.auditShare;
}
