/** Joins everything about one case: the record of a decision that governance asks for (R1). */
import { listRecords } from '../chain/list-records.ts';
import type { LedgerRecord } from '../chain/record.ts';
import type { Decision } from '../decisions/decision.ts';
import type { Ledger } from '../ledger.ts';
import { listPredictions } from '../predictions/list-predictions.ts';
import type { Prediction } from '../predictions/prediction.ts';
import { getRelease } from '../releases/get-release.ts';
import type { Release } from '../releases/release.ts';
import { listVerdicts } from '../verdicts/list-verdicts.ts';
import type { Verdict } from '../verdicts/verdict.ts';
import type { Case } from './case.ts';
import { getCase } from './get-case.ts';
import { readInput } from './read-input.ts';

export type CaseRecord = {
  case: Case;
  /** Keyed hash of input and address: says that they did not change, and nothing else. */
  inputCommitment: string | null;
  inputErased: boolean;
  predictions: Prediction[];
  release: Release | null;
  verdicts: Verdict[];
  decision: Decision | null;
  /** The case's records in the chain. */
  records: LedgerRecord[];
};

/** Internal like `Case`: what leaves through an API before the first verdict must hide what `publicCase` hides. */
export async function caseRecord(ledger: Ledger, caseId: string): Promise<CaseRecord | null> {
  const theCase = await getCase(ledger, caseId);
  if (!theCase) return null;
  const records = await listRecords(ledger, caseId);
  const releaseId = theCase.decision?.releaseId ?? theCase.draw?.releaseId ?? null;
  return {
    case: theCase,
    inputCommitment: records.find(({ kind }) => kind === 'case-received')?.privateCommitment ?? null,
    inputErased: (await readInput(ledger, caseId)).kind === 'erased',
    predictions: await listPredictions(ledger, caseId),
    release: releaseId === null ? null : await getRelease(ledger, releaseId),
    verdicts: await listVerdicts(ledger, caseId),
    decision: theCase.decision,
    records,
  };
}
