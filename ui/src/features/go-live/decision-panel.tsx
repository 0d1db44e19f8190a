/** The right column: votes, findings, conditions, until when and why, and the three answers with their keys. */
import { Button, TextArea } from '@carbon/react';
import { useRef, useState } from 'react';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { KeyCap } from '../../shared/parts/key-cap.tsx';
import { Notice } from '../../shared/parts/notice.tsx';
import type { ReleaseDetail } from '../../shared/releases/release.ts';
import { useAllEvidence } from '../../shared/releases/use-evidence.query.ts';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';
import { useNow } from '../../shared/time/use-now.ts';
import { useFormats } from '../../shared/text/use-text.ts';
import { Conditions } from './conditions.tsx';
import { ConfirmVote } from './confirm-vote.tsx';
import { Findings } from './findings.tsx';
import { Questions } from './questions.tsx';
import { complaintOf, dayOf, useVoteDraft, type Complaint, type VoteAnswer } from './vote-draft.ts';
import { Votes } from './votes.tsx';

type DecisionPanelProps = { detail: ReleaseDetail; me: { name: string; displayName: string } };

export function DecisionPanel({ detail, me }: DecisionPanelProps) {
  const text = useReleaseText().vote;
  const evidence = useAllEvidence(detail);
  const { draft, change, clear } = useVoteDraft(detail.release);
  const [asked, setAsked] = useState<VoteAnswer>();
  const [complaint, setComplaint] = useState<Complaint>();
  const [stored, setStored] = useState<VoteAnswer>();
  const { seen, readAgain } = useSeenBundle(detail.decision.bundleDigest);
  const now = useNow(60_000);
  const reason = useRef<HTMLTextAreaElement>(null);
  const latest = Date.parse(detail.whatHappens.endsAt);
  const changed = seen !== detail.decision.bundleDigest;
  const { allowed } = detail.voting;
  const ready = allowed && evidence === 'here' && !changed;
  const ask = (answer: VoteAnswer) => {
    if (!ready) return false;
    const missing = complaintOf(answer, draft, now, latest);
    setComplaint(missing);
    if (missing === undefined) setAsked(answer);
    else if (missing !== 'date') reason.current?.focus();
    return true;
  };
  useKeys({ a: () => ask('approve'), b: () => ask('ask-back'), r: () => ask('reject') });
  return (
    <aside className="decision" aria-label={text.aside}>
      <Votes detail={detail} me={me} />
      <Questions detail={detail} />
      <section aria-labelledby="open-findings">
        <h2 id="open-findings" className="decision__head">
          {text.findings} <span className="small quiet">{text.findingsHint}</span>
        </h2>
        <Findings gate={detail.gate} />
      </section>
      <Conditions detail={detail} own={draft.conditions} editable={allowed} onChange={(conditions) => change({ conditions })} />
      {allowed && (
        <section className="decision__fields">
          <DayField value={draft.validUntil} latest={latest} now={now} onChange={(validUntil) => change({ validUntil })} />
          <TextArea ref={reason} id="vote-reason" labelText={text.reasonOrQuestion} rows={2} maxLength={2000} value={draft.reason} onChange={(event) => change({ reason: event.target.value })} />
        </section>
      )}
      <div className="decision__actions">
        {stored !== undefined && <Notice kind="info">{text.stored[stored]}</Notice>}
        {!allowed && stored === undefined && <Barred detail={detail} />}
        {allowed && evidence !== 'here' && <p role="status">{evidence === 'failed' ? text.lockedFailed : text.locked}</p>}
        {allowed && changed && (
          <Notice kind="warning">
            {text.changedWhileReading}{' '}
            <button type="button" className="plain decision__again" onClick={readAgain}>
              {text.readAgain}
            </button>
          </Notice>
        )}
        <p className="decision__complaint small" role="status">
          {complaint === 'reason' && text.missingReason}
          {complaint === 'question' && text.missingQuestion}
          {complaint === 'date' && text.badDate}
        </p>
        {allowed && (
          <>
            <Button size="md" disabled={!ready} aria-keyshortcuts="a" onClick={() => ask('approve')}>
              <span>{draft.conditions.length === 0 ? text.approve : text.approveWith(draft.conditions.length)}</span>
              <KeyCap>a</KeyCap>
            </Button>
            <Button kind="tertiary" size="md" disabled={!ready} aria-keyshortcuts="b" onClick={() => ask('ask-back')}>
              <span>{text.askBack}</span>
              <KeyCap>b</KeyCap>
            </Button>
            <Button kind="tertiary" size="md" disabled={!ready} aria-keyshortcuts="r" onClick={() => ask('reject')}>
              <span>{text.reject}</span>
              <KeyCap>r</KeyCap>
            </Button>
          </>
        )}
      </div>
      {asked !== undefined && seen !== null && (
        <ConfirmVote
          detail={detail}
          answer={asked}
          draft={draft}
          seen={seen}
          onStored={() => {
            setStored(asked);
            setAsked(undefined);
            clear();
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </aside>
  );
}

/** The bundle that the reader has before the eyes: a new one must be read before it is voted on. */
function useSeenBundle(current: string | null): { seen: string | null; readAgain: () => void } {
  const [seen, setSeen] = useState(current);
  if (seen === null && current !== null) setSeen(current);
  return { seen: seen ?? current, readAgain: () => setSeen(current) };
}

/** Not open, or not for this person: which rule. */
function Barred({ detail }: { detail: ReleaseDetail }) {
  const text = useReleaseText().vote;
  const { why, message } = detail.voting;
  const over = why === 'NOT_OPEN' && detail.state !== 'proposed';
  return (
    <Notice kind="info" announce={false}>
      {why !== 'NOT_OPEN' && <b>{text.mayNotTitle} </b>}
      {over ? text.closed : why === null ? message : (text.mayNot[why] ?? message)}
    </Notice>
  );
}

function DayField({ value, latest, now, onChange }: { value: string; latest: number; now: number; onChange: (day: string) => void }) {
  const text = useReleaseText().vote;
  const format = useFormats();
  return (
    <div className="decision__date">
      <label className="small quiet" htmlFor="valid-until">
        {text.validUntil}
      </label>
      <input id="valid-until" type="date" className="numbers" min={dayOf(now + 86_400_000)} max={dayOf(latest)} value={value === '' ? dayOf(latest) : value} aria-describedby="valid-until-hint" onChange={(event) => onChange(event.target.value)} />
      <p id="valid-until-hint" className="small quiet">
        {text.validUntilHint(format.date(latest))}
      </p>
    </div>
  );
}
