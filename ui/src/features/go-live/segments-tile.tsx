/** The same figures by segment: counts always, rates only from the minimum size on. */
import { IntervalMark } from '../../shared/charts/interval-mark.tsx';
import type { EvaluationReport, SegmentResult } from '../../shared/releases/evidence.ts';
import { nameOfVersion } from '../../shared/releases/model-name.ts';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';
import { useFormats, useLocal } from '../../shared/text/use-text.ts';

export function SegmentsTile({ report }: { report: EvaluationReport }) {
  const text = useReleaseText().goLive;
  const format = useFormats();
  const { segments, champion, challenger, curves, level, minimumSegment } = report;
  const largest = Math.min(1, Math.max(curves.limit * 2, ...segments.map(({ interval }) => interval?.high ?? 0)));
  const right = (count: number, rows: number) => (rows < minimumSegment ? text.ofMany(count, rows) : format.percent(count / rows));
  return (
    <section className="tile" aria-labelledby="segments">
      <div className="tile__head">
        <h2 id="segments">{text.segments}</h2>
        <ul className="segments__key small quiet">
          <li>
            <i className="segments__mark" />
            {text.segmentKey(format.percent(level, 0))}
          </li>
          <li>
            <i className="segments__mark segments__mark--few" />
            {text.segmentFew(minimumSegment)}
          </li>
          <li>
            <i className="segments__limit" />
            {text.curveLimit(format.percent(curves.limit, 0))}
          </li>
        </ul>
      </div>
      {segments.length === 0 ? (
        <p className="tile__foot quiet">{text.noSegments}</p>
      ) : (
        <div className="tile__scroll" tabIndex={0} role="region" aria-labelledby="segments">
          <table className="figures segments">
            <thead>
              <tr>
                <th scope="col">{text.segment}</th>
                <th scope="col" className="figures__number">
                  {text.rows}
                </th>
                {champion !== null && (
                  <th scope="col" className="figures__number">
                    {text.championRight(nameOfVersion(champion.model.version))}
                  </th>
                )}
                <th scope="col" className="figures__number">
                  {text.championRight(nameOfVersion(challenger.model.version))}
                </th>
                <th scope="col" className="figures__number">
                  {text.automatic}
                </th>
                <th scope="col" className="figures__number">
                  {text.wrong}
                </th>
                <td className="segments__mark-cell" />
                <th scope="col" className="figures__number">
                  {text.interval}
                </th>
              </tr>
            </thead>
            <tbody>
              {segments.map((segment) => (
                <SegmentRow key={segment.id} segment={segment} limit={curves.limit} largest={largest} right={right} withChampion={champion !== null} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

type SegmentRowProps = { segment: SegmentResult; limit: number; largest: number; right: (count: number, rows: number) => string; withChampion: boolean };

function SegmentRow({ segment, limit, largest, right, withChampion }: SegmentRowProps) {
  const text = useReleaseText().goLive;
  const format = useFormats();
  const local = useLocal();
  const { rows, championRight, challengerRight, automatic, wrong, rate, interval } = segment;
  return (
    <tr>
      <th scope="row">{local(segment.label)}</th>
      <td className="figures__number">{rows}</td>
      {withChampion && <td className="figures__number">{championRight === null ? '–' : right(championRight, rows)}</td>}
      <td className="figures__number">{right(challengerRight, rows)}</td>
      <td className="figures__number">{automatic}</td>
      <td className="figures__number strong">{rate === null ? '–' : format.percent(rate)}</td>
      <td className="segments__mark-cell">{automatic > 0 && <IntervalMark rate={wrong / automatic} interval={interval} limit={limit} largest={largest} />}</td>
      <td className={`figures__number${interval === null ? ' quiet' : ''}`}>{interval === null ? text.ofMany(wrong, automatic) : text.range(format.number(interval.low * 100, 0), format.percent(interval.high, 0))}</td>
    </tr>
  );
}
