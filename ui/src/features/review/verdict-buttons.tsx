/** The blind question: one button per outcome, all of one size and colour, none focused, and the three other answers. */
import { KeyCap } from '../../shared/parts/key-cap.tsx';
import { useLocal, useText } from '../../shared/text/use-text.ts';
import type { OutcomeClass } from '../../shared/tasks/task.ts';
import type { OtherAnswer } from './other-answer.tsx';

type VerdictButtonsProps = { classes: readonly OutcomeClass[]; question: string; disabled: boolean; onVerdict: (outcomeClass: OutcomeClass) => void; onOther: (answer: OtherAnswer) => void };

export const otherKeys = { 'cannot-judge': '0', 'need-information': 'i', 'not-mine': 'n' } as const satisfies Record<OtherAnswer, string>;

/** Where a digit is itself a verdict, "cannot judge" moves to x. */
export function cannotJudgeKey(classes: readonly OutcomeClass[]): string {
  return classes.some(({ key }) => key === '0') ? 'x' : otherKeys['cannot-judge'];
}

export function VerdictButtons({ classes, question, disabled, onVerdict, onOther }: VerdictButtonsProps) {
  const text = useText().review;
  const local = useLocal();
  const others = [
    { answer: 'cannot-judge', label: text.cannotJudge, keyName: cannotJudgeKey(classes) },
    { answer: 'need-information', label: text.needInformation, keyName: otherKeys['need-information'] },
    { answer: 'not-mine', label: text.notMine, keyName: otherKeys['not-mine'] },
  ] as const;
  return (
    <>
      <div className={`verdicts${classes.length > 4 ? ' verdicts--many' : ''}`} role="group" aria-label={question}>
        {classes.map((outcomeClass) => (
          <button key={outcomeClass.id} type="button" className="verdict offset-focus" disabled={disabled} aria-keyshortcuts={outcomeClass.key} onClick={() => onVerdict(outcomeClass)}>
            {classes.length <= 4 && <KeyCap>{outcomeClass.key}</KeyCap>}
            <span>{local(outcomeClass.label)}</span>
          </button>
        ))}
      </div>
      <div className="other-answers">
        {others.map(({ answer, label, keyName }) => (
          <button key={answer} type="button" className="link-button" disabled={disabled} aria-keyshortcuts={keyName} onClick={() => onOther(answer)}>
            <KeyCap>{keyName}</KeyCap>
            {label}
          </button>
        ))}
      </div>
    </>
  );
}
