// Job worker `open-review`: puts a case into review in the ledger, with its reasons, and says who reviews it until when.
import { DateTime, Duration } from 'luxon';
import { getService, openReview as openInLedger, reasonCodes, type ReasonCode } from '../ledger/index.ts';
import { CaseReceived, PredictionVariable, RouteVariable, Variables } from '../processes/anomaly-routing/variables.ts';
import { TerminalFailure } from './runtime/failures.ts';
import { defineWorker } from './runtime/worker-definition.ts';

export const openReview = defineWorker({
  type: 'open-review',
  input: CaseReceived.pick({ caseId: true, service: true, serviceVersion: true }).extend({
    prediction: PredictionVariable.nullable(),
    // A table that says something unforeseen must not hold the case up: whatever it is, people decide.
    route: RouteVariable.nullish().catch(null),
    refusal: Variables.shape.refusal,
  }),
  output: Variables.pick({ reviewGroup: true, adjudicatorGroup: true, reviewForm: true, secondReviewer: true, dueAt: true, explain: true }),
  errors: [],

  async handle({ caseId, service, serviceVersion, prediction, route, refusal }, { ledger, shadow }) {
    const stored = await getService(ledger, service, serviceVersion);
    if (stored === null) throw new TerminalFailure(`Decision service "${service}" has no version ${serviceVersion}. Store it and resolve the incident.`);
    const { review } = stored.definition;
    const reasons = joinReasons(route?.reasons ?? [], refusal);
    const proposedDueAt = dueAtOf(ledger.clock.now(), review.dueAfter);
    const opened = await openInLedger(ledger, { caseId, reasons, reviewGroup: review.candidateGroup, dueAt: proposedDueAt });
    if (opened.kind === 'case-unknown') throw new TerminalFailure(`Case "${caseId}" is not in the ledger.`);
    if (opened.kind === 'decided') throw new TerminalFailure(`Case "${caseId}" is decided already. Cancel this instance.`);
    // No model said anything, perhaps because none is released: candidates are asked all the same, unless the person concerned objected.
    if (prediction === null && !opened.case.objection) shadow.offer({ caseId, service, serviceVersion, decidedUnder: opened.case.draw?.releaseId ?? null });
    return {
      reviewGroup: review.candidateGroup,
      adjudicatorGroup: review.adjudicatorGroup,
      reviewForm: review.formId,
      secondReviewer: review.secondReviewer,
      // The first opening stays: a second run answers what the ledger holds.
      dueAt: new Date(opened.case.review?.dueAt ?? proposedDueAt).toISOString(),
      // Audits too, though nobody is shown it: a case that waits less long, or takes fewer steps, would be known for one.
      explain: prediction !== null,
    };
  },
});

/**
 * Once each, in the catalogue's order, so that the order tells nothing. A code that the table's owner made up, and a
 * table that gave no reason at all, count as a business rule.
 */
function joinReasons(given: readonly string[], refusal: ReasonCode | null): ReasonCode[] {
  const said = new Set<string>(given);
  if (refusal !== null) said.add(refusal);
  const known = reasonCodes.filter((code) => said.has(code));
  return known.length === said.size && said.size > 0 ? known : reasonCodes.filter((code) => said.has(code) || code === 'BUSINESS_RULE');
}

function dueAtOf(now: number, dueAfter: string): number {
  const duration = Duration.fromISO(dueAfter);
  if (!duration.isValid) throw new TerminalFailure(`The service's review.dueAfter "${dueAfter}" is no ISO 8601 duration such as P2D. Correct the service and resolve the incident.`);
  return DateTime.fromMillis(now, { zone: 'utc' }).plus(duration).toMillis();
}
