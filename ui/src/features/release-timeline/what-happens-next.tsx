/** The right column: what comes by itself and when, and what people may do about it. */
import { Link } from 'react-router';
import { nameOfModel } from '../../shared/releases/model-name.ts';
import type { ReleaseDetail } from '../../shared/releases/release.ts';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';
import { daysUntil } from '../../shared/time/days-until.ts';
import { useFormats } from '../../shared/text/use-text.ts';
import { reassessmentAnswers, type Asked } from './act-dialog.tsx';
import { endedStateOf } from './release-facts.ts';

type NextProps = { detail: ReleaseDetail; now: number; onAsk: (what: Asked) => void };

export function WhatHappensNext({ detail, now, onAsk }: NextProps) {
  const text = useReleaseText();
  const format = useFormats();
  const words = text.next;
  const { whatHappens, actions, reassessments, terms } = detail;
  const toPeople = whatHappens.afterwards.kind === 'people';
  return (
    <section className="tile" aria-labelledby="next-title">
      <div className="tile__head">
        <h2 id="next-title">{words.title}</h2>
      </div>
      <div className="next">
        {detail.state === 'live' && <Ending detail={detail} now={now} />}
        {detail.state !== 'live' && <p>{sentenceOf(detail, text, format.percent(detail.share / 100, 0))}</p>}
        {detail.stepEndsAt !== null && <p className="small quiet">{words.stepEnds(format.shortMoment(Date.parse(detail.stepEndsAt)))}</p>}
        {detail.openForVotes && (
          <Link className="choice-card" to={`/releases/${detail.release}/decision`}>
            <b>{text.page.decide}</b>
            <span className="small quiet">{words.decision}</span>
          </Link>
        )}
        {actions.includes('reassess') && (
          <div className="next__cards" role="group" aria-label={words.reassess}>
            {reassessmentAnswers.map((answer) => {
              const barred = answer === 'roll-back' && toPeople;
              return (
                <button key={answer} type="button" className="choice-card" disabled={barred} onClick={() => onAsk(`reassess-${answer}`)}>
                  <b>{words.answers[answer]?.name}</b>
                  <span className="small quiet">{barred ? words.noPredecessor : words.answers[answer]?.hint}</span>
                </button>
              );
            })}
          </div>
        )}
        {reassessments.map((one) => (
          <p key={one.at} className="small quiet">
            {words.answered(words.answers[one.answer]?.name ?? one.answer, 'displayName' in one.by ? one.by.displayName : one.by.name, format.shortMoment(Date.parse(one.at)))}
            {one.reason !== null && ` ${text.goLive.quote(one.reason)}`}
          </p>
        ))}
        {terms !== null && terms.conditions.length > 0 && (
          <div>
            <h3>{text.timeline.condition}</h3>
            <ul className="next__conditions">
              {terms.conditions.map((condition) => (
                <li key={condition}>{condition}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </section>
  );
}

function Ending({ detail, now }: { detail: ReleaseDetail; now: number }) {
  const text = useReleaseText().next;
  const format = useFormats();
  const { endsAt, reassessAt, afterwards } = detail.whatHappens;
  const end = Date.parse(endsAt);
  const reassess = Date.parse(reassessAt);
  return (
    <>
      <p className="next__days">{text.days(daysUntil(end, now))}</p>
      <p>
        {text.endsOn.before} <b>{format.date(end)}</b> {text.endsOn.after} <b>{afterwards.kind === 'people' ? text.thenPeople : text.thenPredecessor(nameOfModel(afterwards.release))}</b>.{' '}
        {afterwards.kind === 'people' && text.noPredecessor}
      </p>
      {reassess > now && <p className="small quiet">{text.reassessFrom(format.date(reassess))}</p>}
    </>
  );
}

function sentenceOf(detail: ReleaseDetail, text: ReturnType<typeof useReleaseText>, share: string): string {
  const words = text.next;
  if (endedStateOf(detail.state) !== undefined) return words.ended;
  if (detail.stopAsked) return words.stopAsked;
  if (detail.decision.outcome === 'asked-back') return words.asked;
  switch (detail.state) {
    case 'proposed':
      return words.evaluating;
    case 'evaluated':
      return words.decision;
    case 'approved':
      return words.approved;
    case 'shadow':
      return words.shadow;
    case 'canary':
      return words.canary(share);
    default:
      return words.ended;
  }
}
