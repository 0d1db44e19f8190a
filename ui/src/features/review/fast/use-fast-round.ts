/** Runs a round of fast mode: reads cases ahead, sends verdicts, takes them back. */
import { useEffect, useReducer, useState } from 'react';
import { useConnection } from '../../../shared/connection/connection.ts';
import type { InboxList, OutcomeClass, TaskDetail, TaskSummary } from '../../../shared/tasks/task.ts';
import { useChangeTask } from '../../../shared/tasks/use-change-task.mutation.ts';
import { useGiveOpenAnswer } from '../../../shared/tasks/use-give-open-answer.mutation.ts';
import { useGiveVerdict } from '../../../shared/tasks/use-give-verdict.mutation.ts';
import { useTaskList } from '../../../shared/tasks/use-task-list.query.ts';
import { elapsedMs } from '../../../shared/time/elapsed.ts';
import { useLocal } from '../../../shared/text/use-text.ts';
import type { OtherAnswer } from '../other-answer.tsx';
import { emptyRound, nextRound, stageOf, undoable } from './fast-round.ts';

const list: InboxList = 'all';
/** Read on when fewer cases than this are loaded. */
const lookAhead = 12;

export function useFastRound(service: string, me: string) {
  const local = useLocal();
  const connected = useConnection().lostSince === undefined;
  const tasks = useTaskList(list, { service });
  const [round, dispatch] = useReducer(nextRound, emptyRound);
  const [shownAt, setShownAt] = useState(() => Date.now());
  const [failure, setFailure] = useState<Error>();
  const verdict = useGiveVerdict();
  const openAnswer = useGiveOpenAnswer();
  const undo = useChangeTask('undo');
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = tasks;
  const pages = data?.pages;

  useEffect(() => {
    if (pages !== undefined) dispatch({ type: 'read', tasks: pages.flatMap((page) => page.items), me });
  }, [pages, me]);
  useEffect(() => {
    if (round.queue.length < lookAhead && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [round.queue.length, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const stage = stageOf(round, connected);
  const shown = stage.kind === 'blind' ? stage.task : undefined;

  const send = async (task: TaskSummary, words: string, given: string | null, call: () => ReturnType<typeof verdict.mutateAsync>) => {
    setFailure(undefined);
    dispatch({ type: 'sent', task, words, given, tookMs: Date.now() - shownAt });
    setShownAt(Date.now());
    try {
      const result = await call();
      dispatch({ type: 'stored', userTaskKey: task.userTaskKey, result });
    } catch (error) {
      dispatch({ type: 'failed', userTaskKey: task.userTaskKey });
      setFailure(error instanceof Error ? error : new Error(String(error)));
    }
    setShownAt(Date.now());
  };

  return {
    round,
    stage,
    loading: data === undefined && !tasks.isError,
    error: tasks.error,
    retry: () => void tasks.refetch(),
    waiting: hasNextPage ? Math.max(round.queue.length, (pages?.[0]?.counts.mine ?? 0) + (pages?.[0]?.counts.unassigned ?? 0)) : round.queue.length,
    failure,
    judge: (outcomeClass: OutcomeClass) => {
      if (shown === undefined) return;
      void send(shown, local(outcomeClass.label), outcomeClass.id, () => verdict.mutateAsync({ userTaskKey: shown.userTaskKey, verdict: { class: outcomeClass.id, durationMs: elapsedMs(shownAt) } }));
    },
    answer: (answer: OtherAnswer, words: string, typed: string) => {
      if (shown === undefined) return;
      const { userTaskKey } = shown;
      const text = typed === '' ? {} : { text: typed };
      void send(shown, words, null, () => (answer === 'cannot-judge' ? verdict.mutateAsync({ userTaskKey, verdict: { answer, durationMs: elapsedMs(shownAt), ...text } }) : openAnswer.mutateAsync({ userTaskKey, answer, ...text })));
    },
    settle: (task: TaskDetail, words: string) => {
      dispatch({ type: 'settled', task, words });
      setShownAt(Date.now());
    },
    held: (userTaskKey: string, until: number) => dispatch({ type: 'held', userTaskKey, until }),
    /** Takes the latest verdict back; false where there is none in time. */
    undo: (): boolean => {
      const entry = undoable(round, Date.now());
      if (entry === undefined || undo.isPending) return false;
      const { userTaskKey } = entry.task;
      undo.mutate(userTaskKey, { onSuccess: () => dispatch({ type: 'undone', userTaskKey }), onError: setFailure });
      return true;
    },
  };
}
