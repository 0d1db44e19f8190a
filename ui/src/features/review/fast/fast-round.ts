/** The state of one round of fast mode: which cases wait, what was just answered, what can be taken back. Pure. */
import type { TaskDetail, TaskSummary, VerdictResult } from '../../../shared/tasks/task.ts';

export type FastStatus = 'sending' | 'recorded' | 'same' | 'second-look' | 'kept' | 'switched' | 'failed';
export type CompareTask = Extract<TaskDetail, { step: 'compare' }>;

export type FastEntry = {
  task: TaskSummary;
  /** The verdict in words. */
  words: string;
  /** The class of the blind verdict; null where it was another answer. */
  given: string | null;
  status: FastStatus;
  undoUntil: number | undefined;
  /** Set while the second look is open. */
  compare: CompareTask | undefined;
  tookMs: number;
};

export type FastRound = { queue: readonly TaskSummary[]; entries: readonly FastEntry[]; known: ReadonlySet<string> };

export type FastEvent =
  | { type: 'read'; tasks: readonly TaskSummary[]; me: string }
  | { type: 'sent'; task: TaskSummary; words: string; given: string | null; tookMs: number }
  | { type: 'stored'; userTaskKey: string; result: VerdictResult }
  | { type: 'settled'; task: TaskDetail; words: string }
  | { type: 'failed'; userTaskKey: string }
  | { type: 'held'; userTaskKey: string; until: number }
  | { type: 'undone'; userTaskKey: string };

export const emptyRound: FastRound = { queue: [], entries: [], known: new Set() };

export function nextRound(round: FastRound, event: FastEvent): FastRound {
  switch (event.type) {
    case 'read': {
      const fresh = event.tasks.filter((task) => task.step === 'blind' && !round.known.has(task.userTaskKey) && (task.assignee === null || task.assignee.name === event.me));
      if (fresh.length === 0) return round;
      return { ...round, queue: [...round.queue, ...fresh], known: new Set([...round.known, ...fresh.map((task) => task.userTaskKey)]) };
    }
    case 'sent': {
      const { task, words, given, tookMs } = event;
      const entry: FastEntry = { task, words, given, tookMs, status: 'sending', undoUntil: undefined, compare: undefined };
      return { ...round, queue: round.queue.filter((waiting) => waiting.userTaskKey !== task.userTaskKey), entries: [entry, ...round.entries] };
    }
    case 'stored':
      return change(round, event.userTaskKey, (entry) => ({ ...entry, ...afterVerdict(event.result) }));
    case 'settled': {
      const { task, words } = event;
      const last = task.ownVerdicts.findLast(({ step }) => step === 'final')?.class ?? null;
      return change(round, task.userTaskKey, (entry) => ({ ...entry, words, status: last === entry.given ? 'kept' : 'switched', compare: undefined, undoUntil: undoUntilOf(task) }));
    }
    case 'failed':
      return change(round, event.userTaskKey, (entry) => ({ ...entry, status: 'failed' }));
    case 'held':
      return change(round, event.userTaskKey, (entry) => ({ ...entry, undoUntil: event.until }));
    case 'undone': {
      const entry = round.entries.find(({ task }) => task.userTaskKey === event.userTaskKey);
      if (entry === undefined) return round;
      return { ...round, queue: [entry.task, ...round.queue], entries: round.entries.filter((other) => other !== entry) };
    }
    default:
      return event satisfies never;
  }
}

/** What the stage shows: an open second look first, then the verdict on its way, then the next case. */
export type FastStage = { kind: 'compare'; entry: FastEntry; compare: CompareTask } | { kind: 'sending'; task: TaskSummary; given: string | null } | { kind: 'blind'; task: TaskSummary } | { kind: 'empty' };

export function stageOf(round: FastRound, connected: boolean): FastStage {
  for (const entry of round.entries) if (entry.compare !== undefined) return { kind: 'compare', entry, compare: entry.compare };
  const sending = round.entries.find((entry) => entry.status === 'sending');
  // Without a connection the verdict waits by itself, and reading goes on.
  if (sending !== undefined && connected) return { kind: 'sending', task: sending.task, given: sending.given };
  const task = round.queue[0];
  return task === undefined ? { kind: 'empty' } : { kind: 'blind', task };
}

/** The verdict that undo takes back now: the latest whose time is not over. */
export function undoable(round: FastRound, now: number): FastEntry | undefined {
  return round.entries.find((entry) => entry.undoUntil !== undefined && entry.undoUntil > now);
}

function afterVerdict({ outcome, task }: VerdictResult): Pick<FastEntry, 'status' | 'undoUntil' | 'compare'> {
  if (task.step === 'compare') return { status: 'second-look', undoUntil: undefined, compare: task };
  return { status: outcome === 'agrees' ? 'same' : 'recorded', undoUntil: undoUntilOf(task), compare: undefined };
}

function undoUntilOf(task: TaskDetail): number | undefined {
  return task.step === 'stored' ? Date.parse(task.undoUntil) : undefined;
}

function change(round: FastRound, userTaskKey: string, changed: (entry: FastEntry) => FastEntry): FastRound {
  return { ...round, entries: round.entries.map((entry) => (entry.task.userTaskKey === userTaskKey ? changed(entry) : entry)) };
}
