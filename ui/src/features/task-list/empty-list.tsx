/** Nothing here: says so, what waits elsewhere, and the one step on. */
import { Button } from '@carbon/react';
import { Link, useNavigate } from 'react-router';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { KeyCap } from '../../shared/parts/key-cap.tsx';
import { usePlaces } from '../../shared/roles/use-places.ts';
import type { InboxList, TaskCounts } from '../../shared/tasks/task.ts';
import { useTaskList } from '../../shared/tasks/use-task-list.query.ts';
import { useFormats, useText } from '../../shared/text/use-text.ts';
import { useNow } from '../../shared/time/use-now.ts';

type EmptyListProps = { list: InboxList; counts: TaskCounts | undefined; filtered: boolean; onResetFilter: () => void };

export function EmptyList({ list, counts, filtered, onResetFilter }: EmptyListProps) {
  const text = useText().empty;
  const { judges } = usePlaces();
  if (filtered) {
    return (
      <div className="empty">
        <h2>{text.filtered}</h2>
        <button type="button" className="outline-button" onClick={onResetFilter}>
          {text.resetFilter}
        </button>
      </div>
    );
  }
  if (list === 'mine' && !judges) return <NothingToJudge />;
  if (list === 'mine') return <NothingOfMine waiting={counts?.unassigned ?? 0} />;
  return (
    <div className="empty">
      <h2>{list === 'done' ? text.done : text.other}</h2>
    </div>
  );
}

/** For who reads along: nothing is offered that the server would refuse. */
function NothingToJudge() {
  const text = useText().empty;
  return (
    <div className="empty">
      <h2>{text.mine}</h2>
      <p className="quiet">{text.reading}</p>
      <Link to="/inbox/all">{text.toAll}</Link>
    </div>
  );
}

function NothingOfMine({ waiting }: { waiting: number }) {
  const text = useText().empty;
  const format = useFormats();
  const now = useNow();
  const navigate = useNavigate();
  const unassigned = useTaskList('unassigned', {});
  const oldest = unassigned.data?.pages[0]?.items.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1))[0];
  const take = () => (oldest === undefined ? false : void navigate(`/inbox/unassigned/${oldest.userTaskKey}`));
  useKeys({ enter: take });
  return (
    <div className="empty">
      <h2>{text.mine}</h2>
      <p className="quiet">
        {waiting === 0 ? text.groupEmpty : text.group(waiting)} {oldest !== undefined && text.oldest(format.moment(Date.parse(oldest.createdAt), now))}
      </p>
      {oldest !== undefined && (
        <Button size="md" onClick={take}>
          {text.takeOldest}&ensp;
          <KeyCap>Enter</KeyCap>
        </Button>
      )}
    </div>
  );
}
