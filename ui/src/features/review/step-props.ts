/** What each step of a review is given, and what it tells when the task is answered. */
import type { TaskDetail } from '../../shared/tasks/task.ts';

/** What the page learns when a task is answered and the next one may come. */
export type Answered = { task: TaskDetail; words: string; undoable: boolean };

export type StepProps<Detail> = { task: Detail; onAnswered: (answered: Answered) => void; onNext: () => void; onReload: () => void };
