// Job worker `record-decision`: proposes the outcome to the ledger, whose gate decides whether a model's outcome may stand.
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { z } from 'zod';
import { getDecision, reasonOfRefusal, recordDecision as recordInLedger, undoWindowMs, type ReasonCode, type RecordDecisionResult } from '../ledger/index.ts';
import { CaseReceived, Variables } from '../processes/anomaly-routing/variables.ts';
import type { EngineClient } from './client.ts';
import { deployedTableDigest } from './deployed-routing-table.ts';
import { engineStatus } from './engine-status.ts';
import { BpmnError, RetryableFailure, TerminalFailure } from './runtime/failures.ts';
import { defineWorker, type Tools } from './runtime/worker-definition.ts';

/**
 * Headers of the task in the diagram: whose outcome is proposed, and which decision routed the case. The outcome
 * itself is the ledger's, never a variable's.
 */
const Headers = z.discriminatedUnion('decidedBy', [
  z.looseObject({ decidedBy: z.literal('model'), routingDecision: z.string().min(1) }),
  z.looseObject({ decidedBy: z.literal('expert') }),
]);

export const recordDecision = defineWorker({
  type: 'record-decision',
  input: CaseReceived.pick({ caseId: true }),
  output: Variables.pick({ decidedBy: true, finalClass: true }),
  errors: ['AUTOMATIC_NOT_PERMITTED'],
  completesLightly: true,

  async handle({ caseId }, tools) {
    const headers = Headers.safeParse(tools.job.headers);
    if (!headers.success) throw new TerminalFailure('The task needs the header "decidedBy" ("model" with "routingDecision", or "expert"). Correct the diagram.');
    const { data } = headers;
    const { decidedBy } = data;
    const result =
      data.decidedBy === 'model' ? await proposeModel(caseId, data.routingDecision, tools) : await recordInLedger(tools.ledger, { caseId, proposed: { by: 'expert' } });
    // The caller who waits for the decision is answered first: nobody waits for the end of this job.
    await turnOfTheLoop();
    if (result.kind !== 'refused') return { decidedBy: result.decision.decidedBy, finalClass: result.decision.class };
    if (result.reason === 'CASE_UNKNOWN') throw new TerminalFailure(`Case "${caseId}" is not in the ledger.`);
    if (decidedBy === 'model') {
      const refusal = reasonOfRefusal(result.reason);
      throw new BpmnError('AUTOMATIC_NOT_PERMITTED', `The ledger refused an automatic outcome (${result.reason}); the case goes to people.`, { refusal });
    }
    if (result.reason === 'UNDO_POSSIBLE') throw new RetryableFailure('The verdict can still be taken back; the decision is recorded when that time is over.', { afterMs: undoWindowMs });
    throw new TerminalFailure(`The ledger refused the experts' outcome (${result.reason}). Look at the case's verdicts, repair the cause and resolve the incident.`);
  },
});

/** The table that is deployed at this moment must be the one in force: a table changed behind the ledger's back sends the case to people. */
async function proposeModel(caseId: string, routingDecision: string, { ledger, client }: Tools): Promise<RecordDecisionResult> {
  // A second run, after an end that the engine never heard of, asks nothing anew.
  const decision = await getDecision(ledger, caseId);
  if (decision !== null) return { kind: 'already', decision };
  const routingTableDigest = await readTable(client, routingDecision);
  return recordInLedger(ledger, { caseId, proposed: { by: 'model' }, ...(routingTableDigest === null ? {} : { routingTableDigest }) });
}

/** A cluster without its search store answers 404: what cannot be compared is not automatic. */
async function readTable(client: EngineClient, routingDecision: string): Promise<string | null> {
  try {
    return await deployedTableDigest(client, routingDecision);
  } catch (error) {
    const status = engineStatus(error);
    if (status === null || status >= 500 || status === 429) throw error;
    throw new BpmnError('AUTOMATIC_NOT_PERMITTED', `The engine does not show which routing table is deployed (${status}); the case goes to people.`, { refusal: 'NO_RELEASE' satisfies ReasonCode });
  }
}
