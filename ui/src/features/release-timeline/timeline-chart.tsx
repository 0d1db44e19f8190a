/** A release from proposal to end on one axis: its moves by number, its states, and the share of cases it decides. All of it stands in the table of moves too. */
import { useId } from 'react';
import { layOutTimeline, spreadMarks, wordsThatFit } from '../../shared/charts/timeline-layout.ts';
import { useWidth } from '../../shared/charts/use-width.ts';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';
import { useFormats } from '../../shared/text/use-text.ts';
import { phasesOf, sharesOf, stopsOf, type Phase, type ReleaseFacts } from './release-phases.ts';
import '../../shared/charts/error-curve.css';
import './timeline-chart.css';

type TimelineChartProps = { facts: ReleaseFacts; version: string; label: string; reassessFrom: number | null };

const left = 124;
const height = 236;
const leastStretch = 96;
const row = { moves: 66, state: 100, full: 154, none: 208 };

export function TimelineChart({ facts, version, label, reassessFrom }: TimelineChartProps) {
  const text = useReleaseText().timeline;
  const [place, measured] = useWidth<HTMLDivElement>();
  const width = Math.max(720, measured);
  const phases = phasesOf(facts);
  const stops = stopsOf(facts);
  const span = [left + 10, width - 16] as const;
  const layout = layOutTimeline(stops.length === 0 ? [facts.now] : stops, span, leastStretch);
  const { now, validUntil, endedAt } = facts;
  const marks = spreadMarks(facts.moves.toSorted((a, b) => a.at - b.at).map(({ at }) => layout.x(at)), 25, span);
  const open = endedAt === null;
  return (
    <div className="timeline" ref={place} tabIndex={0} role="region" aria-label={text.chart}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        <Axis stops={stops} x={layout.x} limit={width} />
        {open && <TodayLine x={layout.x(now)} />}
        <text x="0" y={row.moves + 4} className="chart__strong chart__bold">
          {text.moves}
        </text>
        <line x1={marks[0] ?? left} x2={marks.at(-1) ?? left} y1={row.moves} y2={row.moves} className="timeline__thread" />
        {marks.map((x, index) => (
          <g key={index} transform={`translate(${x},${row.moves})`}>
            <circle r="11" className="timeline__move" />
            <text y="4" textAnchor="middle" className="chart__strong chart__bold">
              {index + 1}
            </text>
          </g>
        ))}
        <text x="0" y={row.state + 19} className="chart__strong chart__bold">
          {text.state}
        </text>
        {phases.map((phase) => (
          <PhaseBar key={`${phase.kind} ${phase.from}`} phase={phase} x={layout.x} />
        ))}
        <text x="0" y={row.full + 10} className="chart__strong chart__bold">
          {text.through(version)}
        </text>
        <text x="0" y={row.full + 26}>
          {text.shareOfCases}
        </text>
        <ShareLine facts={facts} x={layout.x} end={span[1]} />
        {reassessFrom !== null && validUntil !== null && open && validUntil > now && <Reassessment from={layout.x(reassessFrom)} to={layout.x(validUntil)} days={Math.round((validUntil - reassessFrom) / 86_400_000)} />}
        {validUntil !== null && open && <EndLine x={layout.x(validUntil)} at={validUntil} limit={width} />}
      </svg>
      {!layout.toScale && <p className="small quiet timeline__scale">{text.notToScale}</p>}
    </div>
  );
}

function Axis({ stops, x, limit }: { stops: readonly number[]; x: (at: number) => number; limit: number }) {
  const format = useFormats();
  const words = stops.map((stop, index) => {
    const near = [stops[index - 1], stops[index + 1]].some((other) => other !== undefined && Math.abs(other - stop) < 86_400_000);
    return near ? `${format.dayMonth(stop)}, ${format.time(stop)}` : format.dayMonth(stop);
  });
  const places = stops.map(x);
  const fits = wordsThatFit(places, words.map(widthOf), limit);
  return (
    <>
      {stops.map((stop, index) => {
        const place = places[index] ?? 0;
        return (
          <g key={stop}>
            <line x1={place} x2={place} y1="24" y2="228" className="chart__grid" />
            {fits[index] === true && (
              <text x={place + 4} y="16">
                {words[index]}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

/** About how wide words are at 12 px. */
function widthOf(words: string): number {
  return words.length * 6.6;
}

function PhaseBar({ phase, x }: { phase: Phase; x: (at: number) => number }) {
  const text = useReleaseText().timeline;
  const hatch = useId();
  const from = x(phase.from);
  const width = Math.max(2, x(phase.to) - from - 2);
  const words = text.phases[phase.kind];
  const fits = width > widthOf(words) + 10;
  return (
    <g>
      {phase.kind === 'people' && (
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" className="timeline__people-ground" />
          <line x1="0" x2="0" y2="6" className="timeline__people-line" />
        </pattern>
      )}
      <rect x={from} y={row.state} width={width} height="28" className={`timeline__phase timeline__phase--${phase.kind}`} {...(phase.kind === 'people' ? { fill: `url(#${hatch})` } : {})}>
        <title>{words}</title>
      </rect>
      {fits && phase.kind === 'people' && <rect x={from + 4} y={row.state + 6} width={words.length * 6.8 + 8} height="16" className="timeline__plate" />}
      {fits && (
        <text x={from + 8} y={row.state + 19} className={phase.kind === 'live' ? 'timeline__on-live chart__bold' : 'chart__strong'}>
          {words}
        </text>
      )}
    </g>
  );
}

function ShareLine({ facts, x, end }: { facts: ReleaseFacts; x: (at: number) => number; end: number }) {
  const format = useFormats();
  const steps = sharesOf(facts);
  const y = (share: number) => row.none - share * (row.none - row.full);
  const last = steps.at(-1);
  const until = facts.endedAt ?? facts.now;
  const [first] = steps;
  if (first === undefined || last === undefined) return null;
  const path = steps.map(({ at, share }, index) => (index === 0 ? `M${x(at)},${y(share)}` : `H${x(at)}V${y(share)}`)).join('') + `H${x(until)}`;
  const planned = facts.endedAt === null && facts.validUntil !== null && facts.validUntil > facts.now;
  const labelled = steps.filter(({ share }) => share > 0);
  const fits = wordsThatFit(labelled.map(({ at }) => x(at)), labelled.map(() => 32), Infinity);
  return (
    <>
      <path d={path} className="timeline__share" />
      {planned && last.share > 0 && <path d={`M${x(facts.now)},${y(last.share)}H${x(facts.validUntil ?? 0)}V${row.none}H${end}`} className="timeline__share timeline__share--planned" />}
      {labelled.map(
        ({ at, share }, index) =>
          fits[index] === true && (
            <text key={at} x={x(at) + 5} y={y(share) + (share > 0.8 ? 15 : -5)} className="chart__halo">
              {format.percent(share, 0)}
            </text>
          ),
      )}
    </>
  );
}

function Reassessment({ from, to, days }: { from: number; to: number; days: number }) {
  const text = useReleaseText().timeline;
  const words = text.reassessment(days);
  if (to - from < words.length * 6.4) return null;
  return (
    <>
      <path d={`M${from},218v-8M${to},218v-8M${from},214H${to}`} className="timeline__bracket" />
      <text x={(from + to) / 2} y="230" textAnchor="middle" className="chart__strong">
        {words}
      </text>
    </>
  );
}

function EndLine({ x, at, limit }: { x: number; at: number; limit: number }) {
  const text = useReleaseText().timeline;
  const format = useFormats();
  const words = text.ends(format.dayMonth(at));
  const room = limit - x > words.length * 7;
  return (
    <>
      <line x1={x} x2={x} y1="28" y2="208" className="timeline__end" />
      <text x={room ? x + 6 : x - 6} y={room ? 42 : 64} textAnchor={room ? 'start' : 'end'} className="chart__strong chart__bold chart__halo">
        {words}
      </text>
    </>
  );
}

function TodayLine({ x }: { x: number }) {
  const text = useReleaseText().timeline;
  return (
    <>
      <line x1={x} x2={x} y1="28" y2="208" className="timeline__today" />
      <rect x={x - 28} y="28" width="56" height="20" className="timeline__today-plate" />
      <text x={x} y="42" textAnchor="middle" className="timeline__on-today chart__bold">
        {text.today}
      </text>
    </>
  );
}
