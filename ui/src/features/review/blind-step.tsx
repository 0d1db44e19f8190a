/** Step 1: the case and the question, and nothing else. What the model says is not here, and not in the data behind it. */
import { useState } from 'react';
import { useKeys, type KeyBindings } from '../../shared/keys/use-keys.ts';
import { Notice } from '../../shared/parts/notice.tsx';
import type { OutcomeClass, TaskDetail, VerdictResult } from '../../shared/tasks/task.ts';
import { useGiveOpenAnswer } from '../../shared/tasks/use-give-open-answer.mutation.ts';
import { useGiveVerdict } from '../../shared/tasks/use-give-verdict.mutation.ts';
import { elapsedMs } from '../../shared/time/elapsed.ts';
import { useFormats, useLocal, useText } from '../../shared/text/use-text.ts';
import { CaseView } from './case-view.tsx';
import { ConflictNotice, isConflict, KeptText } from './conflict-notice.tsx';
import { useDraft } from './draft.ts';
import { OtherAnswerForm, type OtherAnswer } from './other-answer.tsx';
import type { StepProps } from './step-props.ts';
import { cannotJudgeKey, otherKeys, VerdictButtons } from './verdict-buttons.tsx';

type BlindTask = Extract<TaskDetail, { step: 'blind' }>;

export function BlindStep({ task, openedAt, onAnswered, onNext, onReload }: StepProps<BlindTask> & { openedAt: number }) {
  const text = useText();
  const local = useLocal();
  const { draft, change, clear } = useDraft(task.userTaskKey);
  const [other, setOther] = useState<OtherAnswer>();
  const giveVerdict = useGiveVerdict();
  const giveOpenAnswer = useGiveOpenAnswer();
  const { userTaskKey } = task;
  const busy = giveVerdict.isPending || giveOpenAnswer.isPending;
  const error = giveVerdict.error ?? giveOpenAnswer.error;

  const answered = (words: string, undoable: boolean) => (result: VerdictResult) => {
    clear();
    if (result.outcome !== 'differs') onAnswered({ task: result.task, words, undoable });
  };
  const judge = (outcomeClass: OutcomeClass) => {
    if (busy || !task.may.decide) return;
    giveVerdict.mutate({ userTaskKey, verdict: { class: outcomeClass.id, durationMs: elapsedMs(openedAt) } }, { onSuccess: answered(local(outcomeClass.label), true) });
  };
  const sendOther = () => {
    if (other === undefined || busy || (other === 'need-information' && draft.text.trim() === '')) return;
    const typed = draft.text.trim();
    const words = otherWords(text.review)[other];
    if (other === 'cannot-judge') {
      giveVerdict.mutate({ userTaskKey, verdict: { answer: other, durationMs: elapsedMs(openedAt), ...(typed !== '' && { text: typed }) } }, { onSuccess: answered(words, true) });
    } else {
      giveOpenAnswer.mutate({ userTaskKey, answer: other, ...(typed !== '' && { text: typed }) }, { onSuccess: answered(words, false) });
    }
  };
  const openOther = (answer: OtherAnswer) => {
    if (task.may.decide) setOther(answer);
  };
  useKeys(other === undefined ? verdictKeys(task.classes, judge, openOther) : {});
  const reload = () => {
    giveVerdict.reset();
    giveOpenAnswer.reset();
    onReload();
  };

  return (
    <>
      <div className="review__body" tabIndex={0} role="region" aria-label={text.review.case}>
        <CaseView task={task} />
      </div>
      <section className="verdict-bar" aria-label={text.review.verdict}>
        <div className="verdict-bar__question">
          <h2>{local(task.question)}</h2>
          <span className="small quiet">{task.may.decide || task.assignee !== null ? text.review.blindHint : text.empty.reading}</span>
        </div>
        {error !== null &&
          (isConflict(error) ? (
            <ConflictNotice error={error} typed={draft.text} onReload={reload} onNext={onNext} />
          ) : (
            <Notice kind="error">
              <b>{text.review.notStored}</b> {error.message}
            </Notice>
          ))}
        {!task.may.decide && task.assignee !== null && <p className="quiet">{text.review.readOnly(task.assignee.displayName)}</p>}
        {!task.may.decide && error === null && <KeptText typed={draft.text} />}
        <AskedBefore task={task} />
        {task.may.decide &&
          (other === undefined ? (
            <VerdictButtons classes={task.classes} question={local(task.question)} disabled={busy} onVerdict={judge} onOther={openOther} />
          ) : (
            <OtherAnswerForm answer={other} typed={draft.text} busy={busy} onType={(typed) => change({ text: typed })} onSend={sendOther} onCancel={() => setOther(undefined)} />
          ))}
        {busy && (
          <p className="small quiet" role="status">
            {text.review.storing}
          </p>
        )}
      </section>
    </>
  );
}

/** What this person asked about the case earlier; the answer may have come another way. */
function AskedBefore({ task }: { task: BlindTask }) {
  const text = useText().review;
  const format = useFormats();
  const asked = task.ownVerdicts.findLast(({ answer }) => answer === 'need-information');
  if (asked === undefined) return null;
  const at = Date.parse(asked.givenAt);
  return (
    <p className="verdict-bar__asked small">
      <span className="quiet">{text.askedAt(format.dateTime(at))}</span> {asked.text}
    </p>
  );
}

function otherWords(text: ReturnType<typeof useText>['review']): Record<OtherAnswer, string> {
  return { 'cannot-judge': text.cannotJudge, 'need-information': text.needInformation, 'not-mine': text.notMine };
}

function verdictKeys(classes: readonly OutcomeClass[], judge: (outcomeClass: OutcomeClass) => void, openOther: (answer: OtherAnswer) => void): KeyBindings {
  const others: KeyBindings = {
    [cannotJudgeKey(classes)]: () => openOther('cannot-judge'),
    [otherKeys['need-information']]: () => openOther('need-information'),
    [otherKeys['not-mine']]: () => openOther('not-mine'),
  };
  return { ...others, ...Object.fromEntries(classes.map((outcomeClass) => [outcomeClass.key, () => judge(outcomeClass)])) };
}
