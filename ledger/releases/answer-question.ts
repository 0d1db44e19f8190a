/** Stores the answer to a question put back. */
import type { Ledger } from '../ledger.ts';
import type { AnswerQuestionResult } from './lifecycle.ts';

export async function answerQuestion(_ledger: Ledger, _request: { releaseId: string; by: string; text: string }): Promise<AnswerQuestionResult> {
  throw new Error('not built yet');
}
