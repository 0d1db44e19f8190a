/** Starting cases, waiting for them, finding them. */
import { acceptCase, getCase, listCases as findCases, waitForCase, type Case } from '../../ledger/index.ts';
import { boundedSignal, currentTraceParent } from '../../workers/index.ts';
import { callerKey, type Caller } from '../access/caller.ts';
import { checkCallback } from '../check-callback.ts';
import { caseView, forWhom } from '../case-view.ts';
import type { listCases as listOperation, readCase as readOperation, startCase as startOperation } from '../contract/cases.ts';
import type { Parts } from '../parts.ts';
import { preferredWait } from '../prefer.ts';
import { Problem } from '../problem.ts';
import { reachedService } from './decision-services.ts';
import type { Handler } from './handler.ts';

export const startCase: Handler<typeof startOperation> = async ({ params, headers, body, caller, gone }, parts) => {
  if (caller.kind !== 'application') throw new Error('A person came through to an operation for API keys.');
  const service = await reachedService(parts.ledger, caller, params.service);
  const idempotencyKey = headers['idempotency-key'];
  if (idempotencyKey === undefined)
    throw new Problem('idempotency-key-missing', 'Send the header Idempotency-Key with a value of your own that stays the same when you repeat this request.');
  const rateLimit = parts.limits.start.take(callerKey(caller));
  const check = parts.validateInput({ digest: service.digest, inputSchema: service.definition.inputSchema }, body.input);
  if (!check.ok) throw inputInvalid(params.service, check.errors);
  if (body.callbackUrl !== undefined) checkCallback(body.callbackUrl, parts.privateCallbacks);

  const accepted = await acceptCase(parts.ledger, {
    service: params.service,
    serviceVersion: service.version,
    application: caller.apiKey.apiKeyId,
    idempotencyKey,
    input: body.input,
    subject: body.subject,
    objection: body.objection ?? false,
    businessId: body.businessId,
    callbackUrl: body.callbackUrl,
    traceparent: currentTraceParent(),
  });
  if (accepted.kind === 'conflict')
    throw new Problem('idempotency-key-reused', 'This Idempotency-Key was used with another body. Send the same body again, or take a new key for a new case.');

  const wait = preferredWait(headers.prefer);
  const current = wait === null ? accepted.case : await held(parts, accepted.case, { until: 'settled', seconds: wait, gone });
  const applied: Record<string, string> = wait === null ? {} : { 'preference-applied': `wait=${wait}` };
  const shown = caseView(current, forWhom(caller));
  const answerHeaders = { ...rateLimit, ...applied };
  return current.status === 'decided'
    ? { status: 200, body: shown, headers: answerHeaders }
    : { status: 202, body: shown, headers: { ...answerHeaders, location: `/api/cases/${current.caseId}` } };
};

export const readCase: Handler<typeof readOperation> = async ({ params, query, caller, gone }, parts) => {
  const found = await reachedCase(parts, caller, params.caseId);
  const current = query.wait === undefined ? found : await held(parts, found, { until: 'decided', seconds: query.wait, gone });
  return { status: 200, body: caseView(current, forWhom(caller)) };
};

export const listCases: Handler<typeof listOperation> = async ({ query, caller }, parts) => {
  const { service, status, decidedBy, businessId, receivedFrom, receivedBefore, cursor, limit } = query;
  if (service !== undefined) await reachedService(parts.ledger, caller, service);
  const found = await findCases(parts.ledger, {
    limit,
    ...(service === undefined ? {} : { services: [service] }),
    ...(caller.kind === 'application' ? { application: caller.apiKey.apiKeyId } : {}),
    ...(status === undefined ? {} : { status }),
    ...(decidedBy === undefined ? {} : { decidedBy }),
    ...(businessId === undefined ? {} : { businessId }),
    ...(receivedFrom === undefined ? {} : { receivedFrom: Date.parse(receivedFrom) }),
    ...(receivedBefore === undefined ? {} : { receivedBefore: Date.parse(receivedBefore) }),
    ...(cursor === undefined ? {} : { cursor }),
  });
  if (found.kind === 'bad-cursor') throw new Problem('cursor-invalid', 'The cursor is not one of this list. Begin again without a cursor.');
  return { status: 200, body: { items: found.items.map((item) => caseView(item, forWhom(caller))), nextCursor: found.nextCursor } };
};

/** The case where the caller may see it; another application's case does not exist for this one. */
export async function reachedCase(parts: Parts, caller: Caller, caseId: string): Promise<Case> {
  const found = await getCase(parts.ledger, caseId);
  if (found === null || (caller.kind === 'application' && found.application !== caller.apiKey.apiKeyId))
    throw new Problem('case-unknown', `There is no case "${caseId}" of yours. GET /api/cases lists those there are.`);
  return found;
}

/** The case once `until` holds, or as it is when the time is over, the caller gone or the server closing. */
async function held(parts: Parts, theCase: Case, wait: { until: 'decided' | 'settled'; seconds: number; gone: AbortSignal }): Promise<Case> {
  const { until, seconds, gone } = wait;
  if (seconds === 0 || theCase.status === 'decided' || gone.aborted || parts.closing.aborted) return theCase;
  const { signal, release } = boundedSignal([gone, parts.closing]);
  try {
    return (await waitForCase(parts.ledger, theCase.caseId, { until, timeoutMs: seconds * 1000, signal })) ?? theCase;
  } catch (error) {
    if (signal.aborted) return (await getCase(parts.ledger, theCase.caseId)) ?? theCase;
    throw error;
  } finally {
    release();
  }
}

function inputInvalid(service: string, errors: NonNullable<Problem['details']['errors']>): Problem {
  const [first] = errors;
  const found = first === undefined ? '' : ` ${first.pointer} ${first.message}.`;
  return new Problem('input-invalid', `The input does not fit "${service}":${found} Nothing was started. GET /api/decision-services/${service} shows the schema.`, { errors });
}
