/** The lists with their counts: a column that folds to its icons, a scrolling strip on phones. */
import { CheckmarkOutline, ChevronLeft, ChevronRight, Folder, Group, User, UserAvatar } from '@carbon/react/icons';
import { Link } from 'react-router';
import { setPreferences, usePreferences } from '../../shared/preferences/preferences.ts';
import type { InboxList, TaskCounts } from '../../shared/tasks/task.ts';
import { useText } from '../../shared/text/use-text.ts';
import { lists } from './list-address.ts';

const icons = { mine: User, groups: Group, unassigned: UserAvatar, all: Folder, done: CheckmarkOutline } satisfies Record<InboxList, unknown>;

export function ListRail({ current, counts, search }: { current: InboxList; counts: TaskCounts | undefined; search: string }) {
  const text = useText();
  const { listsFolded } = usePreferences();
  return (
    <nav className={`rail${listsFolded ? ' rail--folded' : ''}`} aria-label={text.lists.title}>
      {lists.map((list) => {
        const Icon = icons[list];
        return (
          <Link key={list} to={{ pathname: `/inbox/${list}`, search }} className="rail__list" aria-current={list === current ? 'page' : undefined} {...(listsFolded ? { title: text.lists[list] } : {})}>
            <Icon size={listsFolded ? 20 : 16} aria-hidden="true" />
            <span className={listsFolded ? 'sr-only' : ''}>{text.lists[list]}</span>
            {counts !== undefined && <span className="rail__count numbers">{counts[list]}</span>}
          </Link>
        );
      })}
      <button type="button" className="rail__fold" aria-label={listsFolded ? text.lists.unfold : text.lists.fold} onClick={() => setPreferences({ listsFolded: !listsFolded })}>
        {listsFolded ? <ChevronRight size={20} aria-hidden="true" /> : <ChevronLeft size={20} aria-hidden="true" />}
      </button>
    </nav>
  );
}
