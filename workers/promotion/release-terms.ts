// The terms under which a release may decide: automatic under a certificate of its own, else as a pilot.
import type { Ledger, ReleaseTerms } from '../../ledger/index.ts';
import { currentEvidence } from './current-evidence.ts';

/** From the newest report of the shadow, else from the evaluation. The ledger checks that a report of this release states the certificate. */
export async function termsFromEvidence(ledger: Ledger, releaseId: string): Promise<ReleaseTerms> {
  const shadow = await currentEvidence(ledger, releaseId, 'shadow-report');
  const certificate = shadow?.certificate ?? (await currentEvidence(ledger, releaseId, 'evaluation'))?.certificate ?? null;
  return certificate?.certified === true ? { mode: 'automatic', threshold: certificate.threshold, certificate } : { mode: 'pilot', threshold: null, certificate };
}
