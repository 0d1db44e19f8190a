/** The middle of fast mode: the question, the picture, and one button per verdict. */
import { Button } from '@carbon/react';
import type { DecisionService } from '../../../shared/tasks/service.ts';
import { KeyCap } from '../../../shared/parts/key-cap.tsx';
import { PixelPicture } from '../../../shared/parts/pixel-picture.tsx';
import { caseLabel } from '../../../shared/tasks/case-name.ts';
import type { OutcomeClass } from '../../../shared/tasks/task.ts';
import { useNow } from '../../../shared/time/use-now.ts';
import { useFormats, useLocal, useText } from '../../../shared/text/use-text.ts';
import type { OtherAnswer } from '../other-answer.tsx';
import { cannotJudgeKey, otherKeys } from '../verdict-buttons.tsx';
import type { FastStage } from './fast-round.ts';

type FastStageViewProps = {
  stage: Exclude<FastStage, { kind: 'compare' }>;
  loading: boolean;
  service: DecisionService | undefined;
  otherShown: boolean;
  onJudge: (outcomeClass: OutcomeClass) => void;
  onOther: (answer: OtherAnswer) => void;
  onLeave: () => void;
};

export function FastStageView({ stage, loading, service, otherShown, onJudge, onOther, onLeave }: FastStageViewProps) {
  const text = useText();
  const local = useLocal();
  const format = useFormats();
  const now = useNow();
  if (service === undefined || (stage.kind === 'empty' && loading)) return <div className="fast__frame" aria-busy="true" />;
  if (stage.kind === 'empty') {
    return (
      <div className="fast__empty" role="status">
        <h2>{text.fast.allRead}</h2>
        <p className="quiet">{text.fast.allReadHint}</p>
        <Button size="md" onClick={onLeave}>
          {text.fast.toList}
        </Button>
      </div>
    );
  }
  const { task } = stage;
  const chosen = stage.kind === 'sending' ? stage.given : null;
  const question = local(service.question);
  const created = Date.parse(task.createdAt);
  return (
    <>
      <p className="fast__question">{question}</p>
      {task.picture !== null && (
        <div className="fast__picture">
          <figure>
            <PixelPicture pixels={task.picture} size={400} label={text.review.picture(task.picture.width, task.picture.height)} />
            <figcaption className="small quiet numbers" title={task.caseId}>
              {caseLabel(task)}, {text.review.waitingSince(format.moment(created, now))}
            </figcaption>
          </figure>
          <figure className="fast__smoothed">
            <PixelPicture pixels={task.picture} size={112} smoothed />
            <figcaption className="small quiet">{text.review.smoothed}</figcaption>
          </figure>
        </div>
      )}
      {!otherShown && (
        <>
          <div className="fast__keys" role="group" aria-label={question}>
            {service.classes.map((outcomeClass) => (
              <button key={outcomeClass.id} type="button" className="fast__key offset-focus" aria-keyshortcuts={outcomeClass.key} aria-pressed={chosen === outcomeClass.id} disabled={stage.kind === 'sending'} onClick={() => onJudge(outcomeClass)}>
                {local(outcomeClass.label)}
              </button>
            ))}
          </div>
          <OtherAnswers classes={service.classes} onOther={onOther} />
        </>
      )}
    </>
  );
}

function OtherAnswers({ classes, onOther }: { classes: readonly OutcomeClass[]; onOther: (answer: OtherAnswer) => void }) {
  const text = useText();
  const others = [
    { answer: 'cannot-judge', label: text.fast.cannotRead, keyName: cannotJudgeKey(classes) },
    { answer: 'need-information', label: text.review.needInformation, keyName: otherKeys['need-information'] },
    { answer: 'not-mine', label: text.review.notMine, keyName: otherKeys['not-mine'] },
  ] as const;
  return (
    <div className="fast__others">
      {others.map(({ answer, label, keyName }) => (
        <button key={answer} type="button" className="link-button" aria-keyshortcuts={keyName} onClick={() => onOther(answer)}>
          <KeyCap>{keyName}</KeyCap>
          {label}
        </button>
      ))}
    </div>
  );
}
