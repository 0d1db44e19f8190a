/** What moved the suggestion: one signed bar per input field, solid towards it and hatched against it, from base value to prediction. */
import { useId, useState } from 'react';
import { useFormats, useText } from '../../shared/text/use-text.ts';
import { rankContributions, type Contribution } from './rank-contributions.ts';

type ContributionsProps = {
  contributions: readonly Contribution[];
  baseValue: number;
  prediction: number;
  towards: string;
};

const shownAtFirst = 9;
const width = 252;
const zero = 108;
/** Room for the figure beside a bar. */
const figure = 48;

export function Contributions({ contributions, baseValue, prediction, towards }: ContributionsProps) {
  const text = useText().compare;
  const format = useFormats();
  const hatch = useId();
  const [all, setAll] = useState(false);
  const { rows, rest, scale } = rankContributions(contributions, all ? Infinity : shownAtFirst, { negative: zero - figure, positive: width - zero - figure });
  const bar = (value: number) => <Bar value={value} scale={scale} hatch={hatch} figure={format.signedPoints(value)} />;
  return (
    <section className="tile contributions" aria-labelledby={`${hatch}-title`}>
      <svg width="0" height="0" className="sr-only" aria-hidden="true">
        <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="5" className="contributions__hatch" />
        </pattern>
      </svg>
      <div className="tile__head">
        <h2 id={`${hatch}-title`}>{text.moved}</h2>
        <span className="contributions__legend small quiet">
          <span>
            <i className="contributions__swatch contributions__swatch--towards" />
            {text.towards(towards)}
          </span>
          <span>
            <i className="contributions__swatch contributions__swatch--against" />
            {text.against(towards)}
          </span>
        </span>
      </div>
      <table className="contributions__table">
        <thead>
          <tr>
            <th scope="col" className="small">
              {text.startingPoint}
            </th>
            <th scope="col" className="contributions__value">
              {text.average}
            </th>
            <th scope="col" className="contributions__scale numbers">
              <span>{format.percent(baseValue)}</span>
              <span className="small quiet">{text.points}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ field, label, value, share }) => (
            <tr key={field}>
              <th scope="row">{label}</th>
              <td className="contributions__value" title={value}>
                {value}
              </td>
              <td>{bar(share)}</td>
            </tr>
          ))}
          {rest !== undefined && (
            <tr>
              <td>
                <button type="button" className="plain contributions__more" onClick={() => setAll(true)}>
                  {text.moreFields(rest.count)}
                </button>
              </td>
              <td className="contributions__value quiet">{text.together}</td>
              <td>{bar(rest.share)}</td>
            </tr>
          )}
          <tr className="contributions__sum">
            <th scope="row">{text.thisCase}</th>
            <td className="contributions__value">
              {all && contributions.length > shownAtFirst && (
                <button type="button" className="plain contributions__more" onClick={() => setAll(false)}>
                  {text.showFewer}
                </button>
              )}
            </td>
            <td className="contributions__scale numbers">
              <span>{format.percent(prediction)}</span>
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}

function Bar({ value, scale, hatch, figure: words }: { value: number; scale: number; hatch: string; figure: string }) {
  const length = Math.max(Math.abs(value) * scale, 1);
  const towards = value >= 0;
  return (
    <svg width={width} height="20" viewBox={`0 0 ${width} 20`} className="contributions__bar" role="img" aria-label={words}>
      <line x1={zero} x2={zero} y1="0" y2="20" className="contributions__zero" />
      <rect x={towards ? zero : zero - length} y="4" width={length} height="12" {...(towards ? { className: 'contributions__towards' } : { className: 'contributions__against', fill: `url(#${hatch})` })} />
      <text x={towards ? zero + length + 6 : zero - length - 6} y="14" textAnchor={towards ? 'start' : 'end'}>
        {words}
      </text>
    </svg>
  );
}
