/** Changing releases: propose, vote, answer, go on, stop, take back. The ledger decides; here its refusals become problems. */
import * as ledger from '../../ledger/index.ts';
import { actorOf, type Caller } from '../access/caller.ts';
import type * as contract from '../contract/releases.ts';
import type { Parts } from '../parts.ts';
import { Problem } from '../problem.ts';
import { releaseDetail } from '../releases/release-detail.ts';
import { reachedService } from './decision-services.ts';
import type { Handler } from './handler.ts';
import { answerDetail, reachedRelease } from './releases.ts';

export const proposeRelease: Handler<typeof contract.proposeRelease> = async ({ body, caller }, parts) => {
  await reachedService(parts.ledger, caller, body.service);
  const { service, model, reference, trainedBy } = body;
  const source = body.source ?? (caller.kind === 'application' ? 'api' : 'hand');
  if ((source === 'registry' || source === 'pipeline') && reference === null) {
    throw new Problem('request-invalid', `A proposal from the ${source} names its ${source === 'registry' ? 'version' : 'run'}.`, { errors: [{ in: 'body', pointer: '/reference', message: `Expected an id, found null. Send the id of the ${source === 'registry' ? 'version' : 'run'}, or leave "source" out.` }] });
  }
  const proposed = await ledger.proposeRelease(parts.ledger, { service, kind: 'promotion', model, source, reference, trainedBy, proposedBy: actorOf(caller) });
  if (proposed.kind === 'refused') throw refused(proposed);
  const { releaseId } = proposed.release;
  const headers = { location: `/api/releases/${releaseId}` };
  const detail = await releaseDetail(parts.ledger, proposed.release, caller);
  return proposed.kind === 'proposed' ? { status: 201, body: detail, headers } : { status: 200, body: detail, headers };
};

/** Refused because of who the person is, not of what the release is. */
const exclusions: readonly ledger.VoteRefusal[] = ['ROLE_MISSING', 'IS_REQUESTER', 'IS_TRAINER'];

export const castVote: Handler<typeof contract.castVote> = async ({ params, body, caller }, parts) => {
  const { releaseId } = await reachedRelease(parts.ledger, caller, params.release);
  const { answer, conditions, evidenceDigest } = body;
  const optional = { ...(body.validUntil !== null && { validUntil: Date.parse(body.validUntil) }), ...(body.reason !== null && { reason: body.reason }) };
  const cast = await ledger.castVote(parts.ledger, { releaseId, voter: actorOf(caller), vote: answer, conditions, evidenceDigest, ...optional });
  if (cast.kind === 'stored') return answerNow(parts, caller, releaseId);
  const { reason: code, message } = cast;
  if (code === 'EVIDENCE_CHANGED') {
    const { now, documents } = await ledger.evidenceChanges(parts.ledger, releaseId, evidenceDigest);
    throw new Problem('evidence-changed', message, { code, changed: { seen: evidenceDigest, now, documents } });
  }
  throw new Problem(exclusions.includes(code) ? 'vote-excluded' : 'vote-refused', message, { code });
};

export const answerQuestion: Handler<typeof contract.answerQuestion> = async ({ params, body, caller }, parts) => {
  const { releaseId } = await reachedRelease(parts.ledger, caller, params.release);
  return settle(parts, caller, releaseId, await ledger.answerQuestion(parts.ledger, { releaseId, by: actorOf(caller), text: body.text }));
};

export const askNextStep: Handler<typeof contract.askNextStep> = async ({ params, caller }, parts) => {
  const { releaseId } = await reachedRelease(parts.ledger, caller, params.release);
  return settle(parts, caller, releaseId, await ledger.askNextStep(parts.ledger, { releaseId, by: actorOf(caller) }));
};

export const stopRelease: Handler<typeof contract.stopRelease> = async ({ params, body, caller }, parts) => {
  const { releaseId } = await reachedRelease(parts.ledger, caller, params.release);
  return settle(parts, caller, releaseId, await ledger.stopRelease(parts.ledger, { releaseId, by: actorOf(caller), reason: body.reason }));
};

export const rollBackRelease: Handler<typeof contract.rollBackRelease> = async ({ params, body, caller }, parts) => {
  const { releaseId, service } = await reachedRelease(parts.ledger, caller, params.release);
  const done = await ledger.rollBack(parts.ledger, { service, releaseId, by: actorOf(caller), why: { code: 'ROLLED_BACK', text: body.reason } });
  return settle(parts, caller, done.kind === 'rolled-back' ? done.release.releaseId : releaseId, done);
};

export const answerReassessment: Handler<typeof contract.answerReassessment> = async ({ params, body, caller }, parts) => {
  const { releaseId } = await reachedRelease(parts.ledger, caller, params.release);
  return settle(parts, caller, releaseId, await ledger.answerReassessment(parts.ledger, { releaseId, by: actorOf(caller), answer: body.answer, reason: body.reason }));
};

export const resumeService: Handler<typeof contract.resumeService> = async ({ params, caller }, parts) => {
  await reachedService(parts.ledger, caller, params.service);
  await ledger.resumeService(parts.ledger, { service: params.service, by: actorOf(caller) });
  return { status: 204 };
};

type Refused = { kind: 'refused'; reason: string; message: string };

function settle(parts: Parts, caller: Caller, releaseId: string, result: Refused | { kind: string }): ReturnType<typeof answerDetail> {
  if (isRefused(result)) throw refused(result);
  return answerNow(parts, caller, releaseId);
}

function isRefused(result: Refused | { kind: string }): result is Refused {
  return result.kind === 'refused';
}

function refused({ reason, message }: Refused): Problem {
  return new Problem('release-refused', message, { code: reason });
}

async function answerNow(parts: Parts, caller: Caller, releaseId: string): ReturnType<typeof answerDetail> {
  return answerDetail(parts.ledger, await reachedRelease(parts.ledger, caller, releaseId), caller);
}
