/** Champion and challenger by measure: both values, their difference with its interval, and the result as a word with a sign. */
import { ArrowDown, Checkmark, Help, WarningAlt } from '@carbon/react/icons';
import type { EvaluationReport, Measure } from '../../shared/releases/evidence.ts';
import { nameOfVersion } from '../../shared/releases/model-name.ts';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';
import { useFormats } from '../../shared/text/use-text.ts';
import { formatMeasure, formatMeasureDifference, formatMeasureRange } from './format-measure.ts';

const signs = { better: Checkmark, undecided: Help, worse: ArrowDown, 'in-limit': undefined, 'over-limit': WarningAlt, 'no-champion': undefined } satisfies Record<Measure['verdict'], unknown>;

export function SideBySide({ report }: { report: EvaluationReport }) {
  const text = useReleaseText().goLive;
  const format = useFormats();
  const { champion, challenger, failures } = report;
  return (
    <section className="tile" aria-labelledby="side-by-side">
      <div className="tile__head">
        <h2 id="side-by-side">{text.side}</h2>
        <span className="tile__hint small quiet">{text.sideHint(report.comparedRows)}</span>
      </div>
      <div className="tile__scroll">
        <table className="figures side">
          <thead>
            <tr>
              <th scope="col">{text.measure}</th>
              <th scope="col" className="figures__number">
                {champion === null ? '–' : nameOfVersion(champion.model.version)}
                <span className="side__role">{text.champion}</span>
              </th>
              <th scope="col" className="figures__number side__challenger">
                {nameOfVersion(challenger.model.version)}
                <span className="side__role">{text.challenger}</span>
              </th>
              <th scope="col" className="figures__number">
                {text.difference}
              </th>
              <th scope="col">
                <span className="sr-only">{text.verdict}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {report.measures.map((measure) => (
              <tr key={measure.id}>
                <th scope="row">{text.measures[measure.id]}</th>
                <td className="figures__number">{measure.champion === null ? '–' : formatMeasure(measure.id, measure.champion, format)}</td>
                <td className="figures__number strong">{formatMeasure(measure.id, measure.challenger, format)}</td>
                <td className="figures__number">
                  {measure.difference === null ? (
                    '–'
                  ) : (
                    <>
                      {formatMeasureDifference(measure.id, measure.difference.value, format)}
                      <span className="side__range small quiet">{formatMeasureRange(measure.id, measure.difference, format, text.range)}</span>
                    </>
                  )}
                </td>
                <td className="side__verdict small">
                  <Verdict verdict={measure.verdict} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="tile__foot small quiet">
        {text.level(format.percent(report.level, 0))}.{champion === null && ` ${text.noChampion}`}
        {failures.champion + failures.challenger > 0 && ` ${text.failures(failures.champion, failures.challenger)}`}
      </p>
    </section>
  );
}

function Verdict({ verdict }: { verdict: Measure['verdict'] }) {
  const text = useReleaseText().goLive;
  const Sign = signs[verdict];
  return (
    <span className={`side__word side__word--${verdict}`}>
      {Sign !== undefined && <Sign size={16} aria-hidden="true" />}
      {text.verdicts[verdict]}
    </span>
  );
}
