/** The vote once more before it is given: what it does, for which evidence, and what went wrong if it is refused. */
import { ConfirmDialog } from '../../shared/parts/confirm-dialog.tsx';
import { Notice } from '../../shared/parts/notice.tsx';
import { ApiError } from '../../shared/http/request.ts';
import { isProblem } from '../../shared/http/problem.ts';
import { nameOfModel } from '../../shared/releases/model-name.ts';
import type { ReleaseDetail } from '../../shared/releases/release.ts';
import { shortDigest } from '../../shared/releases/short-digest.ts';
import { useActOnRelease } from '../../shared/releases/use-act-on-release.mutation.ts';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';
import { useFormats } from '../../shared/text/use-text.ts';
import { validUntilOf, type VoteAnswer, type VoteDraft } from './vote-draft.ts';

type ConfirmVoteProps = { detail: ReleaseDetail; answer: VoteAnswer; draft: VoteDraft; /** The bundle that was read. */ seen: string; onStored: () => void; onClose: () => void };

export function ConfirmVote({ detail, answer, draft, seen, onStored, onClose }: ConfirmVoteProps) {
  const text = useReleaseText();
  const format = useFormats();
  const words = text.vote;
  const act = useActOnRelease(detail.release);
  const latest = Date.parse(detail.whatHappens.endsAt);
  const until = validUntilOf(draft, latest);
  const missing = detail.decision.needed.filter(({ by }) => by === null).length;
  const reason = draft.reason.trim();
  const send = () =>
    act.mutate(
      { path: 'votes', body: { answer, conditions: answer === 'approve' ? draft.conditions : [], validUntil: answer === 'approve' ? until : null, reason: reason === '' ? null : reason, evidenceDigest: seen } },
      { onSuccess: onStored },
    );
  return (
    <ConfirmDialog title={words.confirmTitle[answer](nameOfModel(detail))} confirm={words.send[answer]} cancel={words.cancel} danger={answer === 'reject'} busy={act.isPending} onConfirm={send} onClose={onClose}>
      {answer === 'approve' && (
        <>
          <p>{missing <= 1 ? words.confirmLast : words.confirmMore(missing - 1)}</p>
          <p>
            {words.validUntil} <b>{format.date(until === null ? latest : Date.parse(until))}</b>.
          </p>
          {draft.conditions.length > 0 && (
            <ul className="confirm__list">
              {draft.conditions.map((condition) => (
                <li key={condition}>{condition}</li>
              ))}
            </ul>
          )}
        </>
      )}
      {answer === 'ask-back' && <p>{words.confirmAskBack}</p>}
      {answer === 'reject' && <p>{words.confirmReject}</p>}
      {reason !== '' && <p className="confirm__quote">{text.goLive.quote(reason)}</p>}
      <p className="small quiet">
        {words.confirmEvidence} <span className="digest">{shortDigest(seen)}</span>
      </p>
      {act.isError && <Refusal error={act.error} />}
    </ConfirmDialog>
  );
}

function Refusal({ error }: { error: unknown }) {
  const text = useReleaseText();
  const changed = error instanceof ApiError && isProblem(error, 'evidence-changed') ? (error.problem.changed?.documents ?? []) : [];
  const code = error instanceof ApiError ? error.problem.code : undefined;
  return (
    <Notice kind="error">
      <b>{text.vote.failed}</b> {(code === undefined ? undefined : text.vote.mayNot[code]) ?? (error instanceof ApiError ? error.message : '')}{' '}
      {changed.length > 0 && text.vote.voidedChanged(changed.map(({ kind }) => text.goLive.parts[kind] ?? kind).join(', '))}
    </Notice>
  );
}
