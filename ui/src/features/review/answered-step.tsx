/** A task that is answered: what was said, what became of it, and undo while it lasts. */
import { Button } from '@carbon/react';
import { Suspense, useState } from 'react';
import { isProblem } from '../../shared/http/problem.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { KeyCap } from '../../shared/parts/key-cap.tsx';
import { loadPart } from '../../shared/parts/load-part.ts';
import { Notice } from '../../shared/parts/notice.tsx';
import type { OwnVerdict, TaskDetail } from '../../shared/tasks/task.ts';
import { useChangeTask } from '../../shared/tasks/use-change-task.mutation.ts';
import { useHoldUndo } from '../../shared/tasks/use-hold-undo.ts';
import { useFormats, useLocal, useText } from '../../shared/text/use-text.ts';
import { caseLabel } from '../../shared/tasks/case-name.ts';
import { CaseView } from './case-view.tsx';
import type { StepProps } from './step-props.ts';

const SecondLook = loadPart(async () => ({ default: (await import('./second-look.tsx')).SecondLook }));

type AnsweredTask = Extract<TaskDetail, { step: 'stored' | 'done' }>;

export function AnsweredStep({ task, onNext }: StepProps<AnsweredTask>) {
  const text = useText();
  const local = useLocal();
  const undo = useChangeTask('undo');
  const doUndo = () => (task.may.undo ? undo.mutate(task.userTaskKey) : false);
  const [until, setUntil] = useState(() => (task.step === 'stored' && task.may.undo ? Date.parse(task.undoUntil) : undefined));
  const { place } = useHoldUndo({ userTaskKey: task.userTaskKey, until: task.may.undo ? until : undefined, onHeld: setUntil });
  useKeys({ z: doUndo });
  const labelOf = (id: string) => local(task.classes.find((candidate) => candidate.id === id)?.label ?? { de: id, en: id });
  const decision = task.step === 'done' ? task.decision : null;
  return (
    <>
      <div className="review__body" tabIndex={0} role="region" aria-label={text.review.case}>
        <section className="tile answered">
          <h2>{task.step === 'done' ? text.review.doneTitle : text.review.stored.verdict}</h2>
          <dl>
            {task.ownVerdicts.map((verdict) => (
              <OwnVerdictLine key={verdict.givenAt} verdict={verdict} labelOf={labelOf} reasons={task.reasonCodes} />
            ))}
            {decision !== null && (
              <div>
                <dt>{text.review.outcome}</dt>
                <dd>
                  <b>{labelOf(decision)}</b>
                </dd>
              </div>
            )}
          </dl>
          {undo.isError && <Notice kind="warning">{isProblem(undo.error, 'undo-too-late') ? text.undo.tooLate(caseLabel(task)) : text.review.notStored}</Notice>}
          <div className="actions" {...place}>
            {task.may.undo && (
              <button type="button" className="outline-button" aria-keyshortcuts="z" disabled={undo.isPending} onClick={doUndo}>
                <KeyCap>z</KeyCap>
                {text.undo.undo}
              </button>
            )}
            <Button kind="tertiary" size="sm" onClick={onNext}>
              {text.review.nextCase}
            </Button>
          </div>
        </section>
        {task.suggestion !== null && (
          <Suspense fallback={null}>
            <SecondLook task={task} suggestion={task.suggestion} />
          </Suspense>
        )}
        <CaseView task={task} />
      </div>
    </>
  );
}

function OwnVerdictLine({ verdict, labelOf, reasons }: { verdict: OwnVerdict; labelOf: (id: string) => string; reasons: TaskDetail['reasonCodes'] }) {
  const text = useText();
  const format = useFormats();
  const local = useLocal();
  const reason = reasons.find(({ id }) => id === verdict.reasonCode);
  const words = verdict.class === null ? { 'cannot-judge': text.review.cannotJudge, 'need-information': text.review.needInformation, 'not-mine': text.review.notMine, class: '' }[verdict.answer] : labelOf(verdict.class);
  const at = Date.parse(verdict.givenAt);
  return (
    <div>
      <dt>{verdict.step === 'blind' ? text.compare.you : text.compare.final}</dt>
      <dd>
        <b>{words}</b>, <span title={format.dateTime(at)}>{format.preciseTime(at)}</span>
        {reason !== undefined && <>: {local(reason.label)}</>}
        {verdict.text !== null && <p className="quiet">{verdict.text}</p>}
      </dd>
    </div>
  );
}
