/** The middle pane of the inbox: the rows of one list, its filters, and the bar that offers new cases. */
import { Filter, Flash, Renew } from '@carbon/react/icons';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { DecisionServiceSummary } from '../../shared/tasks/service.ts';
import { Failure } from '../../shared/parts/failure.tsx';
import { usePlaces } from '../../shared/roles/use-places.ts';
import type { InboxList, TaskCounts, TaskSummary } from '../../shared/tasks/task.ts';
import { useNow } from '../../shared/time/use-now.ts';
import { useLocal, useText } from '../../shared/text/use-text.ts';
import { EmptyList } from './empty-list.tsx';
import { writeFilter, type ListFilter } from './list-address.ts';
import { FilterChips, FilterPanel } from './list-filter.tsx';
import { ListSkeleton } from './list-skeleton.tsx';
import { TaskRow } from './task-row.tsx';
import type { HeldTasks } from './use-held-tasks.ts';
import './task-list.css';

type TaskListProps = {
  list: InboxList;
  filter: ListFilter;
  tasks: HeldTasks;
  counts: TaskCounts | undefined;
  services: readonly DecisionServiceSummary[];
  currentKey: string | undefined;
  me: string;
  failure: unknown;
  more: (() => void) | undefined;
  onFilter: (filter: ListFilter) => void;
  onRetry: () => void;
};

export function TaskList({ list, filter, tasks, counts, services, currentKey, me, failure, more, onFilter, onRetry }: TaskListProps) {
  const text = useText();
  const now = useNow();
  const [filtering, setFiltering] = useState(false);
  const filtered = Object.keys(filter).length > 0;
  const search = writeFilter(filter).toString();
  const rows = tasks.rows;
  return (
    <section className="list" aria-label={text.list.tasks(text.lists[list])}>
      <div className="list__bar">
        <h1>{text.lists[list]}</h1>
        {counts !== undefined && <span className="count">{counts[list]}</span>}
        <span className="grow" />
        <button type="button" className="icon-button" aria-label={text.list.filter} aria-expanded={filtering} onClick={() => setFiltering(!filtering)}>
          <Filter size={16} aria-hidden="true" />
        </button>
      </div>
      {filtering && <FilterPanel filter={filter} services={services} onChange={onFilter} onClose={() => setFiltering(false)} />}
      <FilterChips filter={filter} services={services} onChange={onFilter} />
      <FastModeLinks rows={rows?.map((row) => row.task) ?? []} services={services} list={list} />
      <p className="list__order small quiet">{list === 'done' ? text.list.orderDone : text.list.order}</p>
      <div className="list__news" role="status">
        {tasks.held > 0 && (
          <button type="button" className="list__new" onClick={tasks.takeIn}>
            <Renew size={14} aria-hidden="true" />
            {text.list.newCases(tasks.held)}
          </button>
        )}
      </div>
      <div className="list__rows">
        {rows === undefined && (failure === null ? <ListSkeleton /> : <Failure sentence={text.list.failed} error={failure} onRetry={onRetry} />)}
        {rows?.length === 0 && tasks.held === 0 && <EmptyList list={list} counts={counts} filtered={filtered} onResetFilter={() => onFilter({})} />}
        {rows !== undefined && rows.length > 0 && (
          <>
            <Rows currentKey={currentKey}>
              {rows.map(({ task, gone }) => (
                <TaskRow key={task.userTaskKey} task={task} gone={gone} current={task.userTaskKey === currentKey} to={{ pathname: `/inbox/${list}/${task.userTaskKey}`, search }} now={now} me={me} />
              ))}
            </Rows>
            {more === undefined ? (
              <ListEnd list={list} counts={counts} />
            ) : (
              <button type="button" className="link-button list__more" onClick={more}>
                {text.list.more}
              </button>
            )}
          </>
        )}
      </div>
    </section>
  );
}

/** Keeps the current row in sight when it was chosen by key. */
function Rows({ currentKey, children }: { currentKey: string | undefined; children: ReactNode }) {
  const place = useRef<HTMLUListElement>(null);
  useEffect(() => {
    place.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [currentKey]);
  return <ul ref={place}>{children}</ul>;
}

function ListEnd({ list, counts }: { list: InboxList; counts: TaskCounts | undefined }) {
  const text = useText();
  const waiting = counts?.groups ?? 0;
  return (
    <p className="list__end small quiet">
      {text.list.end}{' '}
      {list === 'mine' && waiting > 0 && (
        <>
          {text.list.endThen} <Link to="/inbox/groups">{text.lists.groups}</Link>: {waiting}.
        </>
      )}
    </p>
  );
}

/** Services whose cases are pictures can be read one after the other. */
function FastModeLinks({ rows, services, list }: { rows: readonly TaskSummary[]; services: readonly DecisionServiceSummary[]; list: InboxList }) {
  const text = useText().list;
  const local = useLocal();
  const { judges } = usePlaces();
  if (list === 'done' || !judges) return null;
  const withPictures = services.filter(({ service }) => rows.some((task) => task.service === service && task.picture !== null));
  return withPictures.map(({ service, name }) => (
    <Link key={service} className="list__fast" to={`/fast/${service}`}>
      <Flash size={14} aria-hidden="true" />
      {text.fastModeFor(local(name))}
    </Link>
  ));
}
