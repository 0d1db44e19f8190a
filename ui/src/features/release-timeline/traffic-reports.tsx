/** What the version did with real cases so far: the comparison in shadow, and the checks of the canary, each by its newest report. */
import type { ReactNode } from 'react';
import type { EvidenceOf } from '../../shared/releases/evidence.ts';
import type { ReleaseDetail } from '../../shared/releases/release.ts';
import { useEvidence } from '../../shared/releases/use-evidence.query.ts';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';
import { useFormats } from '../../shared/text/use-text.ts';

export function TrafficReports({ detail }: { detail: ReleaseDetail }) {
  const shadow = useEvidence(detail, 'shadow-report');
  const canary = useEvidence(detail, 'canary-report');
  return (
    <>
      {canary.state === 'here' && <CanaryTile report={canary.document} />}
      {shadow.state === 'here' && <ShadowTile report={shadow.document} waits={detail.state === 'shadow'} />}
    </>
  );
}

function ShadowTile({ report, waits }: { report: EvidenceOf<'shadow-report'>; waits: boolean }) {
  const text = useReleaseText();
  const format = useFormats();
  const words = text.reports;
  const { champion, looks, pairs, unanswered, table, difference, margin, result, atEnd, mode } = report;
  const lines: Line[] = [
    [words.pairs, looks.nextAt === null || !waits ? format.number(pairs) : words.pairsNext(pairs, looks.nextAt)],
    [words.unanswered, format.number(unanswered)],
    [words.onlyChampion, format.number(table.onlyChampionWrong)],
    [words.onlyCandidate, format.number(table.onlyCandidateWrong)],
    ...(difference === null ? [] : [[words.difference, words.differenceOf(format.signedPoints(difference.value), text.goLive.range(format.signedPoints(difference.low), format.signedPoints(difference.high)))] as const]),
    [words.margin, words.points(format.points(margin))],
    [words.goesOnAs, words.modes[mode]],
  ];
  return (
    <ReportTile title={words.shadow} result={words.results[result]} at={report.computedAt} lines={lines}>
      {champion === null && <p className="tile__foot quiet">{words.nothingCompared}</p>}
      {waits && atEnd && result === 'undecided' && (
        <p className="tile__foot">
          <b>{words.undecidedEnd}</b>
        </p>
      )}
    </ReportTile>
  );
}

function CanaryTile({ report }: { report: EvidenceOf<'canary-report'> }) {
  const text = useReleaseText();
  const format = useFormats();
  const words = text.reports;
  const { share, cases, automatic, audited, wrong, failures, latencyP95, alarm, result } = report;
  const ms = (value: number) => `${format.number(value, 0)}\u00a0ms`;
  const checked = (value: number | null, limit: number, write: (value: number) => string) => (value === null ? words.notMeasured : words.limit(write(value), write(limit)));
  return (
    <ReportTile
      title={`${words.canary}, ${format.percent(share / 100, 0)}`}
      result={words.results[result]}
      at={report.computedAt}
      lines={[
        [words.cases, format.number(cases)],
        [words.automatic, format.number(automatic)],
        [words.wrong, text.goLive.ofMany(wrong, audited)],
        [words.failures, checked(failures.value, failures.limit, (value) => format.percent(value))],
        [words.latency, checked(latencyP95.value, latencyP95.limit, ms)],
        [words.alarm, alarm.raised ? words.alarmRaised : words.alarmQuiet],
      ]}
    />
  );
}

type Line = readonly [name: string, value: string];
type ReportTileProps = { title: string; result: string; at: number; lines: readonly Line[]; children?: ReactNode };

function ReportTile({ title, result, at, lines, children }: ReportTileProps) {
  const text = useReleaseText().reports;
  const format = useFormats();
  return (
    <section className="tile" aria-label={title}>
      <div className="tile__head">
        <h2>
          {title}: {result}
        </h2>
        <span className="tile__hint small quiet">{text.asOf(format.shortMoment(at))}</span>
      </div>
      {children}
      <dl className="lines small numbers">
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
