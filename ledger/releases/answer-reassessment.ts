/** Stores what people answered to a re-assessment. */
import type { Ledger } from '../ledger.ts';
import type { AnswerReassessmentResult, ReassessmentAnswer } from './lifecycle.ts';

export async function answerReassessment(_ledger: Ledger, _request: { releaseId: string; answer: ReassessmentAnswer; by: string; reason?: string }): Promise<AnswerReassessmentResult> {
  throw new Error('not built yet');
}
