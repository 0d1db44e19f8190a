// Job worker `open-review`: puts a case into review in the ledger, with its reasons, and says who reviews it until when.
import { z } from 'zod';
import { DateTime, Duration } from 'luxon';
import { getService, openReview as openInLedger, reasonCodes, type ReasonCode } from '../ledger/index.ts';
import { CaseReceived, PredictionVariable, Variables } from '../processes/anomaly-routing/variables.ts';
import { TerminalFailure } from './runtime/failures.ts';
import { defineWorker } from './runtime/worker-definition.ts';

export const openReview = defineWorker({
  type: 'open-review',
  input: CaseReceived.pick({ caseId: true, service: true, serviceVersion: true }).extend({
    audit: z.boolean(),
    prediction: PredictionVariable.nullable(),
    route: Variables.shape.route,
    refusal: Variables.shape.refusal,
  }),
  output: Variables.pick({ reviewGroup: true, adjudicatorGroup: true, reviewForm: true, secondReviewer: true, dueAt: true, explain: true }),
  errors: [],

  async handle({ caseId, service, serviceVersion, audit, prediction, route, refusal }, { ledger }) {
    const stored = await getService(ledger, service, serviceVersion);
    if (stored === null) throw new TerminalFailure(`Decision service "${service}" has no version ${serviceVersion}. Store it and resolve the incident.`);
    const { review } = stored.definition;
    const reasons = joinReasons(route.reasons, refusal);
    const proposedDueAt = dueAtOf(ledger.clock.now(), review.dueAfter);
    const opened = await openInLedger(ledger, { caseId, reasons, reviewGroup: review.candidateGroup, dueAt: proposedDueAt });
    if (opened.kind === 'case-unknown') throw new TerminalFailure(`Case "${caseId}" is not in the ledger.`);
    if (opened.kind === 'decided') throw new TerminalFailure(`Case "${caseId}" is decided already. Cancel this instance.`);
    return {
      reviewGroup: review.candidateGroup,
      adjudicatorGroup: review.adjudicatorGroup,
      reviewForm: review.formId,
      secondReviewer: review.secondReviewer,
      // The first opening stays: a second run answers what the ledger holds.
      dueAt: new Date(opened.case.review?.dueAt ?? proposedDueAt).toISOString(),
      explain: prediction !== null && !audit,
    };
  },
});

/** Once each, in the catalogue's order, so that the order tells nothing. */
function joinReasons(reasons: readonly ReasonCode[], refusal: ReasonCode | null): ReasonCode[] {
  const all = new Set(refusal === null ? reasons : [...reasons, refusal]);
  return reasonCodes.filter((code) => all.has(code));
}

function dueAtOf(now: number, dueAfter: string): number {
  const duration = Duration.fromISO(dueAfter);
  if (!duration.isValid) throw new TerminalFailure(`The service's review.dueAfter "${dueAfter}" is no ISO 8601 duration such as P2D. Correct the service and resolve the incident.`);
  return DateTime.fromMillis(now, { zone: 'utc' }).plus(duration).toMillis();
}
