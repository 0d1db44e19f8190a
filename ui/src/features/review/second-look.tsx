/** Both verdicts side by side, why the case came, and what moved the suggestion. Shown after the own verdict only. */
import type { OwnVerdict, Suggestion, TaskDetail } from '../../shared/tasks/task.ts';
import { fieldLabel, valueInWords } from '../../shared/tasks/field-words.ts';
import { useFormats, useLocal, useText } from '../../shared/text/use-text.ts';
import { ConfidenceScale } from './confidence-scale.tsx';
import { Contributions } from './contributions.tsx';
import { pixelOf, PictureContributions } from './picture-contributions.tsx';
import type { Contribution } from './rank-contributions.ts';
import { reasonInWords } from './reason-words.ts';
import './second-look.css';

/** Below this, a tolerance in points would read 0.0. */
const smallestTolerance = 0.0005;

export function SecondLook({ task, suggestion }: { task: TaskDetail; suggestion: Suggestion }) {
  const text = useText();
  const format = useFormats();
  const local = useLocal();
  const own = task.ownVerdicts.findLast(({ step }) => step === 'blind');
  const labelOf = (id: string) => local(task.classes.find((candidate) => candidate.id === id)?.label ?? { de: id, en: id });
  const { explanation } = suggestion;
  const contributions = explanation === null ? [] : Object.entries(explanation.attributions).map(([field, share]) => contribution(task, field, share, { text, format }));
  return (
    <div className="second-look">
      <section className="side-by-side" aria-label={text.review.secondLook}>
        <div className="side-by-side__own">
          <p className="small quiet side-by-side__who">
            <span className="mark mark--person" /> {text.compare.you}
          </p>
          <p className="side-by-side__verdict">{own === undefined ? '' : ownWords(own, labelOf, text)}</p>
          <p className="small quiet">{own !== undefined && whenGiven(own, text, format)}</p>
        </div>
        <div className="side-by-side__model">
          <div>
            <p className="small quiet side-by-side__who">
              <span className="mark mark--model" /> {text.compare.model}
            </p>
            <p className="side-by-side__verdict">{labelOf(suggestion.class)}</p>
            <p className="small quiet side-by-side__release">
              {releaseWords(suggestion, text, format)}
              {suggestion.release?.demo === true && <span className="tag tag--demo">{text.service.demoTag}</span>}
            </p>
          </div>
          <ConfidenceScale confidence={suggestion.confidence} threshold={suggestion.threshold} floor={1 / task.classes.length} />
        </div>
        <div className="side-by-side__why">
          <p className="small quiet">{text.compare.why}</p>
          {suggestion.reasons.filter((reason) => reason !== 'AUDIT_SAMPLE').map((reason) => (
            <div key={reason}>
              <p>{reasonInWords(reason, suggestion, labelOf(suggestion.class), text, format)}</p>
              <p className="small quiet mono">{reason}</p>
            </div>
          ))}
        </div>
      </section>
      {explanation === null ? (
        <p className="quiet second-look__none">{text.compare.noExplanation}</p>
      ) : (
        <div className={`second-look__grounds${task.picture ? ' second-look__grounds--picture' : ''}`}>
          {task.picture && <PictureContributions picture={task.picture} attributions={explanation.attributions} />}
          <Contributions contributions={contributions} baseValue={explanation.baseValue} prediction={explanation.prediction} towards={labelOf(explanation.class)} />
          <p className="second-look__note small quiet">
            {text.compare.contributionsNote} {(explanation.tolerance ?? 0) >= smallestTolerance && text.compare.tolerance(format.points(explanation.tolerance ?? 0))}
          </p>
        </div>
      )}
    </div>
  );
}

type Words = { text: ReturnType<typeof useText>; format: ReturnType<typeof useFormats> };

function contribution(task: TaskDetail, field: string, share: number, words: Words): Contribution {
  const pixel = pixelOf(field);
  if (pixel !== undefined && task.picture !== null) {
    const { width, values, max } = task.picture;
    return { field, share, label: words.text.compare.pixel(Math.floor(pixel / width) + 1, (pixel % width) + 1), value: words.format.percent((values[pixel] ?? 0) / max, 0) };
  }
  const values = task.input.kind === 'readable' ? task.input.values : {};
  return { field, share, label: fieldLabel(field, task.fields, words.format.language), value: field in values ? valueInWords(field, values[field], task.fields, words) : '' };
}

function ownWords(own: OwnVerdict, labelOf: (id: string) => string, text: Words['text']): string {
  return own.class === null ? text.review.cannotJudge : labelOf(own.class);
}

function whenGiven(own: OwnVerdict, text: Words['text'], format: Words['format']): string {
  const at = format.preciseTime(Date.parse(own.givenAt));
  return own.durationMs === null ? at : text.compare.after(at, format.span(Math.max(1000, own.durationMs)));
}

function releaseWords(suggestion: Suggestion, text: Words['text'], format: Words['format']): string {
  const version = `v${suggestion.modelVersion.replace(/^v/, '')}`;
  const { release } = suggestion;
  if (release === null) return text.compare.noRelease(version);
  const until = format.date(Date.parse(release.validUntil));
  return release.mode === 'pilot' ? text.compare.pilotUntil(version, until) : text.compare.releasedUntil(version, until);
}
