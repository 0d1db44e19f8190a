// Job worker `read-reassessment`: what people answered since they were asked, from the ledger.
import { z } from 'zod';
import { releaseHistory, type Ledger, type Reassessment } from '../../ledger/index.ts';
import { ReleaseLive, Variables } from '../../processes/release-watch/variables.ts';
import { defineWorker } from '../runtime/worker-definition.ts';

export const readReassessment = defineWorker({
  type: 'read-reassessment',
  /** Without `askedAt` people answered before they were asked: any answer counts. */
  input: ReleaseLive.pick({ releaseId: true }).extend({ askedAt: z.number().nullish() }),
  output: Variables.pick({ answer: true }),
  errors: [],

  async handle({ releaseId, askedAt }, { ledger }): Promise<{ answer: z.infer<typeof Variables.shape.answer> }> {
    const last = await lastAnswer(ledger, releaseId);
    return { answer: last === null || last.at < (askedAt ?? 0) ? 'open' : last.answer };
  },
});

/** The newest answer of people; null where there is none. */
export async function lastAnswer(ledger: Ledger, releaseId: string): Promise<Reassessment | null> {
  const history = await releaseHistory(ledger, releaseId);
  return history?.reassessments.toSorted((a, b) => a.at - b.at).at(-1) ?? null;
}
