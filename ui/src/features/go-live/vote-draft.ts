/** What a person is about to vote: kept for this window until it is stored, checked before it is sent. */
import { useStoredDraft, type StoredDraft } from '../../shared/preferences/use-stored-draft.ts';

export type VoteDraft = { conditions: string[]; /** A day as the date field gives it, `2026-12-21`; empty: the plan's end. */ validUntil: string; reason: string };
export type VoteAnswer = 'approve' | 'ask-back' | 'reject';
export type Complaint = 'reason' | 'question' | 'date';

const empty: VoteDraft = { conditions: [], validUntil: '', reason: '' };

/** What is missing before this answer can be sent; undefined where nothing is. `latest`: the plan's end (ms). */
export function complaintOf(answer: VoteAnswer, draft: VoteDraft, now: number, latest: number): Complaint | undefined {
  if (answer === 'ask-back' && draft.reason.trim() === '') return 'question';
  if (answer === 'reject' && draft.reason.trim() === '') return 'reason';
  if (answer !== 'approve' || draft.validUntil === '') return undefined;
  const end = endOfDay(draft.validUntil);
  return Number.isNaN(end) || end <= now || startOfDay(draft.validUntil) > latest ? 'date' : undefined;
}

/** The moment to send: null where the plan's end is meant, never after it. */
export function validUntilOf(draft: VoteDraft, latest: number): string | null {
  if (draft.validUntil === '' || draft.validUntil === dayOf(latest)) return null;
  return new Date(Math.min(endOfDay(draft.validUntil), latest)).toISOString();
}

/** The day of a moment where the person is, as a date field wants it. */
export function dayOf(at: number): string {
  const moment = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

function startOfDay(day: string): number {
  return new Date(`${day}T00:00:00`).getTime();
}

function endOfDay(day: string): number {
  return new Date(`${day}T23:59:59.999`).getTime();
}

export function useVoteDraft(release: string): StoredDraft<VoteDraft> {
  return useStoredDraft(`stellwerk.vote.${release}`, empty);
}
