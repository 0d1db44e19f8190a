/** Head of a review: which service, which case, when due, whose. */
import { ChevronLeft, ChevronRight, Time, WarningAlt } from '@carbon/react/icons';
import { Link } from 'react-router';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { KeyCap } from '../../shared/parts/key-cap.tsx';
import { caseLabel } from '../../shared/tasks/case-name.ts';
import type { TaskDetail } from '../../shared/tasks/task.ts';
import { useChangeTask } from '../../shared/tasks/use-change-task.mutation.ts';
import { useNow } from '../../shared/time/use-now.ts';
import { useFormats, useLocal, useText } from '../../shared/text/use-text.ts';
import { Notice } from '../../shared/parts/notice.tsx';
import { isProblem, assigneeOf } from '../../shared/http/problem.ts';

export function ReviewHead({ task, listPath, me }: { task: TaskDetail; listPath: string; me: string }) {
  const text = useText();
  const local = useLocal();
  const claim = useChangeTask('claim');
  const unclaim = useChangeTask('unclaim');
  const open = task.step === 'blind' || task.step === 'compare';
  const doClaim = () => (task.may.claim ? claim.mutate(task.userTaskKey) : false);
  const doUnclaim = () => (task.may.unclaim ? unclaim.mutate(task.userTaskKey) : false);
  useKeys({ c: task.step === 'blind' ? doClaim : undefined, u: doUnclaim });
  const taken = isProblem(claim.error, 'task-taken') ? assigneeOf(claim.error)?.displayName : undefined;
  return (
    <div className="review__head">
      <Link to={listPath} className="review__back">
        <ChevronLeft size={16} aria-hidden="true" />
        {text.review.back}
      </Link>
      <p className="review__crumb small quiet">
        {local(task.serviceName)} <ChevronRight size={12} aria-hidden="true" /> {text.review.crumb}
      </p>
      <div className="review__title">
        <h1 title={task.caseId}>
          {local(task.caseName)} {caseLabel(task)}
        </h1>
        {open && <DueTag task={task} />}
        {open && task.assignee !== null && task.assignee.name !== me && <span className="tag">{text.list.takenBy(task.assignee.displayName)}</span>}
        <span className="grow" />
        {task.may.claim && (
          <button type="button" className="link-button" aria-keyshortcuts="c" disabled={claim.isPending} onClick={doClaim}>
            {task.step === 'blind' && <KeyCap>c</KeyCap>}
            {text.review.claim}
          </button>
        )}
        {task.may.unclaim && open && (
          <button type="button" className="link-button" aria-keyshortcuts="u" title={task.step === 'compare' ? text.review.unclaimAnew : undefined} disabled={unclaim.isPending} onClick={doUnclaim}>
            <KeyCap>u</KeyCap>
            {text.review.unclaim}
          </button>
        )}
      </div>
      {(claim.isError || unclaim.isError) && (
        <Notice kind="warning">
          <b>{taken === undefined ? text.conflict.changed : text.conflict.taken(taken)}</b>
        </Notice>
      )}
    </div>
  );
}

function DueTag({ task }: { task: TaskDetail }) {
  const text = useText().review;
  const format = useFormats();
  const now = useNow();
  if (task.dueAt === null) return null;
  const at = Date.parse(task.dueAt);
  const due = format.due(at, now);
  const overdue = due.urgency === 'overdue';
  return (
    <span className={`tag${overdue ? ' tag--overdue' : ''}`} title={due.full}>
      {overdue ? <WarningAlt size={14} aria-hidden="true" /> : <Time size={14} aria-hidden="true" />}
      {overdue ? due.text : text.dueAt(format.moment(at, now))}
      {task.escalated && `, ${text.escalated}`}
    </span>
  );
}
