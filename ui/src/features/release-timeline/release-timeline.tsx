/** The page of one release: where it stands, its course from proposal to end, every move, and what happens next. */
import { ChevronRight, Hourglass } from '@carbon/react/icons';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { Notice } from '../../shared/parts/notice.tsx';
import { MovesTable } from '../../shared/releases/moves-table.tsx';
import { nameOfModel, nameOfVersion } from '../../shared/releases/model-name.ts';
import type { ReleaseDetail } from '../../shared/releases/release.ts';
import { ReleaseFrame } from '../../shared/releases/release-frame.tsx';
import { StateTag } from '../../shared/releases/state-tag.tsx';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';
import { daysUntil } from '../../shared/time/days-until.ts';
import { useNow } from '../../shared/time/use-now.ts';
import { useFormats, useLocal } from '../../shared/text/use-text.ts';
import { ActDialog, type Asked } from './act-dialog.tsx';
import { endedStateOf, factsOf } from './release-facts.ts';
import { TimelineChart } from './timeline-chart.tsx';
import { TrafficReports } from './traffic-reports.tsx';
import { WhatHappensNext } from './what-happens-next.tsx';
import './release-timeline.css';

export function ReleaseTimeline() {
  const { release = '' } = useParams();
  return <ReleaseFrame release={release}>{(detail) => <ReleaseBody key={release} detail={detail} />}</ReleaseFrame>;
}

function ReleaseBody({ detail }: { detail: ReleaseDetail }) {
  const text = useReleaseText();
  const format = useFormats();
  const now = useNow(10_000);
  const [asked, setAsked] = useState<Asked>();
  const [done, setDone] = useState<Asked>();
  const facts = factsOf(detail, now);
  const name = nameOfModel(detail);
  const from = facts.moves[0]?.at ?? Date.parse(detail.proposedAt);
  const to = facts.endedAt ?? facts.validUntil ?? facts.now;
  const ask = (what: Asked) => {
    setDone(undefined);
    setAsked(what);
  };
  return (
    <main className="release-scroll" id="main">
      <Head detail={detail} now={now} onAsk={ask} />
      <div className="release-body">
        {done !== undefined && <Notice kind="info">{text.act.done[done] ?? text.act.done['reassessment']}</Notice>}
        <Warnings detail={detail} onAsk={ask} />
        <section className="tile" aria-label={text.timeline.chart}>
          <TimelineChart
            facts={facts}
            version={nameOfVersion(detail.modelVersion)}
            label={text.timeline.chartLabel(name, format.date(from), format.date(to))}
            reassessFrom={detail.state === 'live' ? Date.parse(detail.whatHappens.reassessAt) : null}
          />
        </section>
        <div className="release-page__columns">
          <MovesTable detail={detail} />
          <div className="release-page__side">
            <WhatHappensNext detail={detail} now={now} onAsk={ask} />
            <TrafficReports detail={detail} />
          </div>
        </div>
      </div>
      {asked !== undefined && (
        <ActDialog
          detail={detail}
          asked={asked}
          onDone={() => {
            setDone(asked);
            setAsked(undefined);
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </main>
  );
}

function Head({ detail, now, onAsk }: { detail: ReleaseDetail; now: number; onAsk: (what: Asked) => void }) {
  const text = useReleaseText();
  const format = useFormats();
  const local = useLocal();
  const { actions, terms } = detail;
  const days = detail.state === 'live' && detail.validUntil !== null ? daysUntil(Date.parse(detail.validUntil), now) : undefined;
  return (
    <div className="page-head">
      <p className="page-head__crumb small quiet">
        <Link to="/releases">{text.page.crumb}</Link> <ChevronRight size={12} aria-hidden="true" /> {local(detail.serviceName)}
      </p>
      <div className="page-head__title">
        <h1>{nameOfModel(detail)}</h1>
        <StateTag state={detail.state} share={detail.share} />
        {days !== undefined && (
          <span className={`tag${days <= detail.whatHappens.leadDays ? ' tag--warn' : ''}`} title={format.dateTime(Date.parse(detail.validUntil ?? ''))}>
            <Hourglass size={14} aria-hidden="true" />
            {text.page.daysLeft(days)}
          </span>
        )}
        {detail.kind !== 'promotion' && <span className="tag tag--quiet">{text.kinds[detail.kind]}</span>}
        {detail.demo && <span className="tag tag--demo">{text.list.demo}</span>}
        <span className="tag">
          {text.risk[detail.riskTier]}
          {detail.decision.needed.length > 0 && `, ${text.votesNeeded(detail.decision.needed.length)}`}
        </span>
        {terms !== null && <span className="small quiet">{terms.mode === 'pilot' ? text.page.pilot : text.page.automatic(format.percent(terms.threshold ?? 0))}</span>}
        <div className="page-head__actions">
          {detail.evidence.length > 0 && (
            <Link className="link-button" to={`/releases/${detail.release}/decision`}>
              {detail.mayVote ? text.page.decide : text.page.evidence}
            </Link>
          )}
          {actions.includes('step') && (
            <button type="button" className="outline-button" onClick={() => onAsk('step')}>
              {text.page.stepNow}
            </button>
          )}
          {actions.includes('roll-back') && (
            <button type="button" className="outline-button" onClick={() => onAsk('roll-back')}>
              {text.page.rollBack}
            </button>
          )}
          {actions.includes('stop') && (
            <button type="button" className="danger-button" onClick={() => onAsk('stop')}>
              {text.page.stop}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}

/** What is out of the ordinary, first of all: stopped, alarms, ended, terms no longer in force. */
function Warnings({ detail, onAsk }: { detail: ReleaseDetail; onAsk: (what: Asked) => void }) {
  const text = useReleaseText();
  const format = useFormats();
  const words = text.page;
  const { serviceStop, alarms, champion } = detail;
  const ended = endedStateOf(detail.state);
  return (
    <>
      {alarms.toReversed().map((alarm) => (
        <Notice key={`${alarm.kind} ${alarm.at}`} kind="error">
          <b>{words.alarm(words.alarms[alarm.kind] ?? alarm.kind, format.shortMoment(Date.parse(alarm.at)))}</b>
        </Notice>
      ))}
      {serviceStop !== null && (
        <Notice kind="warning">
          <b>{words.stopped(format.shortMoment(Date.parse(serviceStop.at)), 'displayName' in serviceStop.by ? serviceStop.by.displayName : serviceStop.by.name)}</b> {serviceStop.reason !== null && text.goLive.quote(serviceStop.reason)}
          {detail.actions.includes('resume') && (
            <div className="actions">
              <button type="button" className="outline-button" onClick={() => onAsk('resume')}>
                {words.resume}
              </button>
            </div>
          )}
        </Notice>
      )}
      {detail.stopAsked && ended === undefined && <Notice kind="warning">{text.next.stopAsked}</Notice>}
      {detail.state === 'live' && detail.terms?.policyInForce === false && <Notice kind="warning">{words.policyChanged}</Notice>}
      {ended !== undefined && (
        <Notice kind={ended === 'expired' ? 'warning' : 'info'}>
          <b>{words.ended[ended](format.shortMoment(Date.parse(detail.since)))}</b> {champion === null ? words.nowDecides.people : words.nowDecides.model(nameOfModel(champion))}
        </Notice>
      )}
    </>
  );
}
