/** One case in the list: what it is, when it is due, who has it. */
import { Time, WarningAlt } from '@carbon/react/icons';
import { Link } from 'react-router';
import { PixelPicture } from '../../shared/parts/pixel-picture.tsx';
import { caseLabel } from '../../shared/tasks/case-name.ts';
import type { TaskSummary } from '../../shared/tasks/task.ts';
import { useFormats, useLocal, useText } from '../../shared/text/use-text.ts';

type TaskRowProps = { task: TaskSummary; gone: boolean; current: boolean; to: { pathname: string; search: string }; now: number; me: string };

export function TaskRow({ task, gone, current, to, now, me }: TaskRowProps) {
  const text = useText().list;
  const local = useLocal();
  const subtitle = local(task.subtitle);
  return (
    <li>
      <Link to={to} className={`row${gone ? ' row--gone' : ''}${task.picture ? ' row--picture' : ''}`} aria-current={current ? 'true' : undefined} data-task={task.userTaskKey}>
        {task.picture && <PixelPicture pixels={task.picture} size={34} />}
        <span className="row__title">{local(task.title)}</span>
        <RowTime task={task} now={now} />
        <span className="row__subtitle" title={task.businessId === null ? task.caseId : undefined}>
          {caseLabel(task)}
          {subtitle !== '' && ` · ${subtitle}`}
        </span>
        <span className="row__who">{gone ? text.gone : statusOf(task, me, text)}</span>
      </Link>
    </li>
  );
}

function RowTime({ task, now }: { task: TaskSummary; now: number }) {
  const format = useFormats();
  if (task.completedAt !== null) return <span className="row__time">{format.moment(Date.parse(task.completedAt), now)}</span>;
  if (task.dueAt === null) return <span className="row__time">{format.age(Date.parse(task.createdAt), now)}</span>;
  const due = format.due(Date.parse(task.dueAt), now);
  return (
    <span className={`row__time row__time--${due.urgency}`} title={due.full}>
      {due.urgency === 'overdue' && <WarningAlt size={14} aria-hidden="true" />}
      {due.urgency === 'soon' && <Time size={14} aria-hidden="true" />}
      {due.text}
    </span>
  );
}

function statusOf(task: TaskSummary, me: string, text: ReturnType<typeof useText>['list']): string {
  if (task.step === 'compare' || task.step === 'stored') return text.started;
  if (task.assignee !== null && task.assignee.name !== me) return text.takenBy(task.assignee.displayName);
  return task.escalated ? text.escalated : '';
}
