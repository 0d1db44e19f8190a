// Moves a release in the ledger; what the ledger refuses ends the promotion by the modelled way.
import { moveRelease, type Ledger, type Lifecycle, type MoveRefusal, type MoveReleaseRequest } from '../../ledger/index.ts';
import type { FailureCode } from '../../processes/model-promotion/variables.ts';
import { TerminalFailure } from '../runtime/failures.ts';
import { releaseFailed } from './failures.ts';

export const promotionActor = 'system:promotion';
export const watchActor = 'system:watch';

/** Repeating a move that was made changes nothing. */
export async function moveOrFail(ledger: Ledger, request: MoveReleaseRequest): Promise<Lifecycle> {
  const moved = await moveRelease(ledger, request);
  if (moved.kind !== 'refused') return moved.release;
  if (moved.reason === 'RELEASE_UNKNOWN') throw new TerminalFailure(moved.message);
  throw releaseFailed(failureOf(moved.reason), moved.message);
}

const failures: Partial<Record<MoveRefusal, FailureCode>> = {
  NOT_APPROVED: 'NOT_APPROVED',
  EVIDENCE_CHANGED: 'EVIDENCE_CHANGED',
  EVIDENCE_MISSING: 'EVIDENCE_MISSING',
  NO_CERTIFICATE: 'NO_CERTIFICATE',
  STOPPED: 'STOPPED',
};

function failureOf(reason: MoveRefusal): FailureCode {
  return failures[reason] ?? 'REFUSED_BY_LEDGER';
}
