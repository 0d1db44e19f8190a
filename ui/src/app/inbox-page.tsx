/** The inbox: lists, rows and the case beside each other. What is chosen stands in the address. */
import { useCallback, useEffect, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useQueryClient } from '@tanstack/react-query';
import { ServiceBanner } from '../features/service-state/service-banner.tsx';
import { ListRail } from '../features/task-list/list-rail.tsx';
import { readFilter, readList, toTaskFilter, writeFilter, type ListFilter } from '../features/task-list/list-address.ts';
import { neighbourOf } from '../features/task-list/merge-tasks.ts';
import { TaskList } from '../features/task-list/task-list.tsx';
import { useHeldTasks } from '../features/task-list/use-held-tasks.ts';
import { UndoBar, type UndoOffer } from '../features/undo/undo-bar.tsx';
import { Review } from '../features/review/review.tsx';
import type { Answered } from '../features/review/step-props.ts';
import { isProblem } from '../shared/http/problem.ts';
import { useKeys } from '../shared/keys/use-keys.ts';
import { caseLabel } from '../shared/tasks/case-name.ts';
import { useChangeTask } from '../shared/tasks/use-change-task.mutation.ts';
import { useServices } from '../shared/tasks/use-services.query.ts';
import { useTaskList } from '../shared/tasks/use-task-list.query.ts';
import { readAhead } from '../shared/tasks/use-task.query.ts';
import { useNow } from '../shared/time/use-now.ts';
import { useText } from '../shared/text/use-text.ts';
import './inbox-page.css';

type Undo = { offer: UndoOffer; outcome: 'undone' | 'too-late' | undefined };

export function InboxPage({ me }: { me: string }) {
  const text = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const now = useNow(60_000);
  const { list: listName, userTaskKey } = useParams();
  const [address, setAddress] = useSearchParams();
  const list = readList(listName) ?? 'mine';
  const filter = readFilter(address);
  const search = writeFilter(filter).toString();
  const read = useTaskList(list, toTaskFilter(filter, now));
  const services = useServices().data ?? [];
  const counts = read.data?.pages[0]?.counts;
  const tasks = useHeldTasks(`${list}?${search}`, read.data === undefined || read.isPlaceholderData ? undefined : { pages: read.data.pages, readAt: read.dataUpdatedAt });
  const [undo, setUndo] = useState<Undo>();
  const takeBack = useChangeTask('undo');
  const rows = tasks.rows ?? [];
  const next = userTaskKey === undefined ? undefined : neighbourOf(rows, userTaskKey);

  const open = (key: string | undefined) => void navigate({ pathname: key === undefined ? `/inbox/${list}` : `/inbox/${list}/${key}`, search });
  const openNext = () => open(next?.userTaskKey);
  const move = (step: 1 | -1) => {
    const at = rows.findIndex((row) => row.task.userTaskKey === userTaskKey);
    const target = rows[at === -1 ? 0 : at + step];
    if (target !== undefined) open(target.task.userTaskKey);
  };
  const answered = ({ task, words, undoable }: Answered) => {
    const until = undoable && task.step === 'stored' ? Date.parse(task.undoUntil) : undefined;
    setUndo({ offer: { userTaskKey: task.userTaskKey, words, caseName: caseLabel(task), until }, outcome: undefined });
    if (list !== 'done' && task.step !== 'blind') tasks.drop(task.userTaskKey);
    openNext();
  };
  const undoLast = () => {
    if (undo === undefined || takeBack.isPending) return;
    const { offer } = undo;
    takeBack.mutate(offer.userTaskKey, {
      onSuccess: () => {
        setUndo({ offer, outcome: 'undone' });
        tasks.bringBack(offer.userTaskKey);
        open(offer.userTaskKey);
      },
      onError: (error) => isProblem(error, 'undo-too-late') && setUndo({ offer, outcome: 'too-late' }),
    });
  };
  const holdUndo = (until: number) => setUndo((current) => current && { ...current, offer: { ...current.offer, until } });
  const closeUndo = useCallback(() => setUndo(undefined), []);

  useKeys({
    j: () => move(1),
    k: () => move(-1),
    arrowdown: () => move(1),
    arrowup: () => move(-1),
    enter: () => (userTaskKey === undefined && rows.length > 0 ? move(1) : false),
    escape: () => (userTaskKey === undefined ? false : open(undefined)),
  });
  useEffect(() => {
    if (next !== undefined) readAhead(client, next.userTaskKey);
  }, [client, next]);

  return (
    <div className={`inbox${userTaskKey === undefined ? '' : ' inbox--open'}`}>
      <ListRail current={list} counts={counts} search={search} />
      <main className="inbox__work" id="main">
        <TaskList
          list={list}
          filter={filter}
          tasks={tasks}
          counts={counts}
          services={services}
          currentKey={userTaskKey}
          me={me}
          failure={read.error}
          more={read.hasNextPage ? () => void read.fetchNextPage() : undefined}
          onFilter={(changed: ListFilter) => setAddress(writeFilter(changed))}
          onRetry={() => void read.refetch()}
        />
        {userTaskKey === undefined ? (
          <div className="inbox__choose">
            {rows.length > 0 && (
              <>
                <h2>{text.pane.choose}</h2>
                <p className="quiet">{text.pane.chooseHint}</p>
              </>
            )}
          </div>
        ) : (
          <Review key={userTaskKey} userTaskKey={userTaskKey} me={me} listPath={`/inbox/${list}${search === '' ? '' : `?${search}`}`} banner={(service) => <ServiceBanner service={service} />} onAnswered={answered} onNext={openNext} />
        )}
      </main>
      {undo !== undefined && <UndoBar key={`undo ${undo.offer.userTaskKey}`} offer={undo.offer} outcome={undo.outcome} onUndo={undoLast} onHeld={holdUndo} onClose={closeUndo} />}
    </div>
  );
}
