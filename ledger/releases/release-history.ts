/** Everything that happened to a release, for its timeline and its go-live page. */
import { z } from 'zod';
import type { Ledger } from '../ledger.ts';
import { readJson } from '../store/json-column.ts';
import { sealedTexts } from '../vault/sealed-texts.ts';
import { evidenceEntries, findEvidence } from './evidence-bundle.ts';
import { findLifecycle } from './lifecycle-row.ts';
import type { GoLiveDecision, Lifecycle, Question, Reassessment, ReleaseHistory, ReleaseMove } from './lifecycle.ts';
import { findAlarms } from './raise-alarm.ts';
import { findDecision } from './read-decision.ts';

/** Null for an unknown release. */
export async function releaseHistory(ledger: Ledger, releaseId: string): Promise<ReleaseHistory | null> {
  const release = await findLifecycle(ledger.db, releaseId);
  if (!release) return null;
  const decision = await findDecision(ledger, release);
  return {
    moves: await movesOf(ledger, release),
    decision,
    questions: await questionsOf(ledger, decision),
    evidence: evidenceEntries(await findEvidence(ledger.db, releaseId)),
    alarms: await findAlarms(ledger.db, releaseId),
    reassessments: await findReassessments(ledger, releaseId),
  };
}

/** The first one stands for the proposal, or for the opening of a release that had none. */
async function movesOf(ledger: Ledger, release: Lifecycle): Promise<ReleaseMove[]> {
  const { releaseId, proposedBy, proposedAt, terms } = release;
  const proposal = await ledger.db.selectFrom('release_proposals').select('release_id').where('release_id', '=', releaseId).executeTakeFirst();
  const rows = await ledger.db.selectFrom('release_moves').selectAll().where('release_id', '=', releaseId).orderBy('record_seq').execute();
  const texts = await sealedTexts(ledger, rows.map(({ record_seq: seq }) => seq));
  const nothingElse = { text: null, share: null, evidenceDigest: null };
  const first: ReleaseMove = proposal ? { from: null, to: 'proposed', by: proposedBy, code: 'PROPOSED', ...nothingElse, at: proposedAt } : { from: null, to: 'live', by: proposedBy, code: 'OPENED', ...nothingElse, at: proposedAt };
  const moves = rows.map((row) => ({ from: row.from_state, to: row.to_state, by: row.moved_by, code: row.code, text: textOf(texts.get(row.record_seq)), share: row.share, evidenceDigest: row.evidence_digest, at: row.moved_at }));
  // Ends that are older than the table of moves.
  const oldEnd: ReleaseMove[] = terms?.end && rows.length === 0 ? [{ from: 'live', to: terms.end.how, by: terms.end.by, code: terms.end.how.toUpperCase(), ...nothingElse, at: terms.end.at }] : [];
  return [first, ...moves, ...oldEnd];
}

async function questionsOf(ledger: Ledger, { votes }: GoLiveDecision): Promise<Question[]> {
  const asked = votes.filter(({ vote }) => vote === 'ask-back');
  if (asked.length === 0) return [];
  const replies = await ledger.db.selectFrom('release_replies').selectAll().where('vote_id', 'in', asked.map(({ voteId }) => voteId)).execute();
  const texts = await sealedTexts(ledger, replies.map(({ record_seq: seq }) => seq));
  return asked.map(({ voteId, voter, reason, at }) => {
    const reply = replies.find(({ vote_id: id }) => id === voteId);
    const answer = reply ? { replyId: reply.reply_id, by: reply.replied_by, text: textOf(texts.get(reply.record_seq)), at: reply.replied_at } : null;
    return { voteId, askedBy: voter, question: reason, askedAt: at, answer };
  });
}

/** Oldest first. */
async function findReassessments(ledger: Ledger, releaseId: string): Promise<Reassessment[]> {
  const rows = await ledger.db.selectFrom('release_answers').selectAll().where('release_id', '=', releaseId).orderBy('record_seq').execute();
  const texts = await sealedTexts(ledger, rows.map(({ record_seq: seq }) => seq));
  return rows.map((row) => ({ answerId: row.answer_id, releaseId, answer: row.answer, by: row.answered_by, reason: textOf(texts.get(row.record_seq)), at: row.answered_at }));
}

function textOf(json: string | undefined): string | null {
  return json === undefined ? null : readJson(z.string(), json);
}
