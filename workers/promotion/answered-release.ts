// The release and the answer that the steps after a re-assessment act on.
import { getRelease, type Ledger, type Reassessment, type Release } from '../../ledger/index.ts';
import { TerminalFailure } from '../runtime/failures.ts';
import { lastAnswer } from './read-reassessment.ts';

/** Throws `TerminalFailure` where no person answered: no step after the question runs without one. */
export async function answeredRelease(ledger: Ledger, releaseId: string): Promise<{ release: Release; answer: Reassessment }> {
  const release = await getRelease(ledger, releaseId);
  const answer = await lastAnswer(ledger, releaseId);
  if (release === null || answer === null) throw new TerminalFailure(`The ledger holds no answer to the re-assessment of release "${releaseId}".`);
  return { release, answer };
}
