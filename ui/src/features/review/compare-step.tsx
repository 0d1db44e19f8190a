/** Step 2: the second look. Keep or switch, with a reason; the case itself is one key away. */
import { useState } from 'react';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { KeyCap } from '../../shared/parts/key-cap.tsx';
import { Notice } from '../../shared/parts/notice.tsx';
import type { TaskDetail } from '../../shared/tasks/task.ts';
import { useGiveFinalVerdict } from '../../shared/tasks/use-give-final-verdict.mutation.ts';
import { elapsedMs } from '../../shared/time/elapsed.ts';
import { useLocal, useText } from '../../shared/text/use-text.ts';
import { CaseView } from './case-view.tsx';
import { ConflictNotice, isConflict, KeptText } from './conflict-notice.tsx';
import { useDraft } from './draft.ts';
import { FinalVerdictForm } from './final-verdict.tsx';
import type { StepProps } from './step-props.ts';
import { SecondLook } from './second-look.tsx';

type CompareTask = Extract<TaskDetail, { step: 'compare' }>;

export default function CompareStep({ task, onAnswered, onNext, onReload }: StepProps<CompareTask>) {
  const text = useText();
  const local = useLocal();
  const { draft, change, clear } = useDraft(task.userTaskKey);
  const [openedAt] = useState(() => Date.now());
  const [wholeCase, setWholeCase] = useState(false);
  const [complaint, setComplaint] = useState<'choice' | 'reason'>();
  const give = useGiveFinalVerdict();

  const save = () => {
    if (give.isPending || !task.may.decide) return;
    const typed = draft.text.trim();
    if (draft.choice === null) return setComplaint('choice');
    if (draft.reasonCode === null && typed === '') return setComplaint('reason');
    setComplaint(undefined);
    const verdict = { class: draft.choice, durationMs: elapsedMs(openedAt), ...(draft.reasonCode !== null && { reasonCode: draft.reasonCode }), ...(typed !== '' && { text: typed }) };
    const words = local(task.classes.find(({ id }) => id === draft.choice)?.label ?? { de: '', en: '' });
    give.mutate(
      { userTaskKey: task.userTaskKey, verdict },
      {
        onSuccess: (result) => {
          clear();
          onAnswered({ task: result.task, words, undoable: true });
        },
      },
    );
  };
  useKeys({ c: () => setWholeCase(!wholeCase), 'ctrl+enter': save });
  const tab = (shown: boolean, label: string, keyName?: string) => (
    <button type="button" role="tab" id={`tab-${String(shown)}`} aria-selected={wholeCase === shown} aria-controls="review-part" tabIndex={wholeCase === shown ? 0 : -1} className="review__tab" onClick={() => setWholeCase(shown)}>
      {label}
      {keyName !== undefined && <KeyCap>{keyName}</KeyCap>}
    </button>
  );
  return (
    <>
      <div
        className="review__tabs"
        role="tablist"
        aria-label={text.review.tabs}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
          setWholeCase(!wholeCase);
          event.currentTarget.querySelector<HTMLElement>('[aria-selected=false]')?.focus();
        }}
      >
        {tab(false, text.review.secondLook)}
        {tab(true, text.review.case, 'c')}
      </div>
      <div className="review__body review__body--compare" id="review-part" role="tabpanel" aria-labelledby={`tab-${String(wholeCase)}`} tabIndex={0}>
        {wholeCase ? <CaseView task={task} /> : <SecondLook task={task} suggestion={task.suggestion} />}
      </div>
      <section className="verdict-bar" aria-label={text.compare.final}>
        {give.error !== null &&
          (isConflict(give.error) ? (
            <ConflictNotice
              error={give.error}
              typed={draft.text}
              onReload={() => {
                give.reset();
                onReload();
              }}
              onNext={onNext}
            />
          ) : (
            <Notice kind="error">
              <b>{text.review.notStored}</b> {give.error.message}
            </Notice>
          ))}
        {task.may.decide ? (
          <FinalVerdictForm task={task} draft={draft} complaint={complaint} busy={give.isPending} onChange={change} onSave={save} />
        ) : (
          <>
            <p className="quiet">{task.assignee !== null && text.review.readOnly(task.assignee.displayName)}</p>
            {give.error === null && <KeptText typed={draft.text} />}
          </>
        )}
      </section>
    </>
  );
}
