/**
 * Error against automation: the challenger's curve with its band, the champion's dashed, the promised limit, and the
 * certified point. A handle walks along the curve with arrow keys or pointer; the same figures stand in a table.
 */
import { useId, useState, type PointerEvent } from 'react';
import { bandPath, linePath, pointAt, tenths, type CurvePoint } from './curve-points.ts';
import { linearScale, shareTicks } from './scale.ts';
import './error-curve.css';

export type ErrorCurveWords = {
  label: string;
  axis: string;
  limit: string;
  champion: string;
  challenger: string;
  certified: string;
  certifiedDetail: string;
  handle: string;
  at: (coverage: string, wrong: number, of: number, risk: string, low: string, high: string) => string;
  table: string;
  columns: readonly [string, string, string, string, string];
  percent: (share: number, digits?: number) => string;
  range: (low: number, high: number) => string;
};

type ErrorCurveProps = {
  challenger: readonly CurvePoint[];
  champion: readonly CurvePoint[] | null;
  limit: number;
  certified: { coverage: number; risk: number } | null;
  words: ErrorCurveWords;
};

const width = 430;
const height = 236;
const left = 44;
const right = 418;
const top = 16;
const bottom = 194;

export function ErrorCurve({ challenger, champion, limit, certified, words }: ErrorCurveProps) {
  const [at, setAt] = useState<number>();
  const id = useId();
  const highest = Math.max(limit * 1.2, ...challenger.map((point) => point.risk), ...(champion ?? []).map((point) => point.risk));
  const ticks = shareTicks(highest);
  const largest = ticks.at(-1) ?? 1;
  const x = linearScale([0, 1], [left, right]);
  const y = linearScale([0, largest], [bottom, top]);
  const inside = linearScale([0, largest], [bottom, top]);
  const clamped = (risk: number) => Math.max(top - 6, inside(risk));
  const shown = at === undefined ? undefined : pointAt(challenger, at);
  const follow = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const place = ((event.clientX - box.left) / box.width) * width;
    setAt(Math.min(1, Math.max(0, (place - left) / (right - left))));
  };
  return (
    <figure className="error-curve">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words.label} onPointerMove={follow} onPointerLeave={() => setAt(undefined)}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={left} x2={right} y1={y(tick)} y2={y(tick)} className="chart__grid" />
            <text x={left - 6} y={y(tick) + 4} textAnchor="end">
              {words.percent(tick, 0)}
            </text>
          </g>
        ))}
        {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
          <text key={tick} x={x(tick)} y={bottom + 17} textAnchor={tick === 1 ? 'end' : 'middle'}>
            {words.percent(tick, 0)}
          </text>
        ))}
        <clipPath id={id}>
          <rect x={left} y={top - 6} width={right - left} height={bottom - top + 6} />
        </clipPath>
        <g clipPath={`url(#${id})`}>
          <path d={bandPath(challenger, x, clamped)} className="error-curve__band" />
          {champion !== null && <path d={linePath(champion, x, y)} className="error-curve__champion" />}
          <path d={linePath(challenger, x, y)} className="error-curve__challenger" />
        </g>
        <line x1={left} x2={right} y1={y(limit)} y2={y(limit)} className="error-curve__limit" />
        <text x={right} y={y(limit) - 5} textAnchor="end" className="chart__strong">
          {words.limit}
        </text>
        {certified !== null && shown === undefined && <CertifiedPoint x={x(certified.coverage)} y={y(certified.risk)} words={words} />}
        {shown !== undefined && (
          <g>
            <line x1={x(shown.coverage)} x2={x(shown.coverage)} y1={top} y2={bottom} className="error-curve__drop" />
            <circle cx={x(shown.coverage)} cy={y(shown.risk)} r="5" className="error-curve__point" />
          </g>
        )}
        <text x={(left + right) / 2} y={height - 4} textAnchor="middle">
          {words.axis}
        </text>
      </svg>
      <figcaption>
        <ul className="error-curve__key small" aria-hidden="true">
          <li>
            <i className="error-curve__swatch error-curve__swatch--challenger" />
            {words.challenger}
          </li>
          {champion !== null && (
            <li>
              <i className="error-curve__swatch error-curve__swatch--champion" />
              {words.champion}
            </li>
          )}
        </ul>
        <input
          type="range"
          min={0}
          max={100}
          step={1}
          className="error-curve__handle"
          aria-label={words.handle}
          aria-valuetext={readOut(pointAt(challenger, at ?? certified?.coverage ?? 1), words)}
          value={Math.round((at ?? certified?.coverage ?? 1) * 100)}
          onChange={(event) => setAt(Number(event.target.value) / 100)}
          onBlur={() => setAt(undefined)}
        />
        <p className="error-curve__read small numbers">{readOut(shown ?? pointAt(challenger, certified?.coverage ?? 1), words)}</p>
        <CurveTable points={challenger} words={words} />
      </figcaption>
    </figure>
  );
}

function CertifiedPoint({ x, y, words }: { x: number; y: number; words: ErrorCurveWords }) {
  const atRight = x < (left + right) / 2;
  const place = { x: atRight ? x + 8 : x - 8, textAnchor: atRight ? 'start' : 'end' } as const;
  return (
    <g>
      <line x1={x} x2={x} y1={y} y2={bottom} className="error-curve__drop" />
      <line x1={left} x2={x} y1={bottom} y2={bottom} className="error-curve__certified" />
      <circle cx={x} cy={y} r="5" className="error-curve__point" />
      <text {...place} y={bottom - 20} className="chart__strong chart__halo error-curve__value">
        {words.certified}
      </text>
      <text {...place} y={bottom - 6} className="chart__halo">
        {words.certifiedDetail}
      </text>
    </g>
  );
}

function CurveTable({ points, words }: { points: readonly CurvePoint[]; words: ErrorCurveWords }) {
  return (
    <details className="chart-table">
      <summary className="small">{words.table}</summary>
      <table className="figures small">
        <thead>
          <tr>
            {words.columns.map((column) => (
              <th key={column} scope="col" className="figures__number">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tenths(points).map((point) => (
            <tr key={point.coverage}>
              <th scope="row" className="figures__number">
                {words.percent(point.coverage)}
              </th>
              <td className="figures__number">{point.m}</td>
              <td className="figures__number">{point.k}</td>
              <td className="figures__number">{words.percent(point.risk)}</td>
              <td className="figures__number">{words.range(point.low, point.high)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function readOut(point: CurvePoint | undefined, words: ErrorCurveWords): string {
  if (point === undefined) return '';
  return words.at(words.percent(point.coverage), point.k, point.m, words.percent(point.risk), words.percent(point.low), words.percent(point.high));
}
