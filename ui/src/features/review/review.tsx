/** The right pane: one task, by its step. Blind first; then, where the verdicts differ, the second look; then what became of it. */
import { Suspense, useState, type ReactNode } from 'react';
import { isProblem } from '../../shared/http/problem.ts';
import { AfterDelay } from '../../shared/parts/after-delay.tsx';
import { Failure } from '../../shared/parts/failure.tsx';
import { loadPart } from '../../shared/parts/load-part.ts';
import type { TaskDetail } from '../../shared/tasks/task.ts';
import { useTask } from '../../shared/tasks/use-task.query.ts';
import { useText } from '../../shared/text/use-text.ts';
import { AnsweredStep } from './answered-step.tsx';
import { BlindStep } from './blind-step.tsx';
import { ReviewHead } from './review-head.tsx';
import type { Answered, StepProps } from './step-props.ts';
import './review.css';

const CompareStep = loadPart(() => import('./compare-step.tsx'));

export type ReviewProps = {
  userTaskKey: string;
  /** Where the list is, for the way back on phones. */
  listPath: string;
  me: string;
  banner: (service: string) => ReactNode;
  onAnswered: (answered: Answered) => void;
  onNext: () => void;
};

export function Review({ userTaskKey, listPath, me, banner, onAnswered, onNext }: ReviewProps) {
  const text = useText().review;
  const task = useTask(userTaskKey);
  if (task.data === undefined) {
    if (task.isError) {
      const missing = isProblem(task.error, 'task-unknown');
      return (
        <section className="review review--message">
          <Failure sentence={missing ? text.notFound : text.failed} error={task.error} onRetry={() => void task.refetch()} />
        </section>
      );
    }
    return <ReviewSkeleton />;
  }
  const detail = task.data;
  return (
    <section className="review" aria-label={text.crumb}>
      <ReviewHead task={detail} listPath={listPath} me={me} />
      {banner(detail.service)}
      <Step key={detail.userTaskKey} task={detail} onAnswered={onAnswered} onNext={onNext} onReload={() => void task.refetch()} />
    </section>
  );
}

function Step({ task, ...props }: StepProps<TaskDetail>) {
  const [openedAt] = useState(() => Date.now());
  switch (task.step) {
    case 'blind':
      return <BlindStep task={task} openedAt={openedAt} {...props} />;
    case 'compare':
      return (
        <Suspense fallback={null}>
          <CompareStep task={task} {...props} />
        </Suspense>
      );
    case 'stored':
    case 'done':
      return <AnsweredStep task={task} {...props} />;
    default:
      return task satisfies never;
  }
}

function ReviewSkeleton() {
  const text = useText().review;
  return (
    <section className="review" aria-busy="true">
      <AfterDelay>
        <div className="review__head" aria-hidden="true">
          <i className="bone" style={{ width: 140 }} />
          <i className="bone" style={{ width: 320, height: 20, margin: '8px 0 16px' }} />
        </div>
        <div className="review__body">
          <div className="case-view__sheet" aria-hidden="true">
            {['50%', '64%', '40%', '58%', '46%', '60%', '52%', '44%'].map((width) => (
              <i key={width} className="bone" style={{ width, margin: '16px 0' }} />
            ))}
          </div>
          <p className="small quiet" role="status">
            {text.loading}
          </p>
        </div>
      </AfterDelay>
    </section>
  );
}
