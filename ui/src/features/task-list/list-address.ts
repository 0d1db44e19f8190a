/** What is chosen in the inbox, in its address: list, filters, and the same filters as the API asks for them. */
import type { InboxList } from '../../shared/tasks/task.ts';
import type { TaskFilter } from '../../shared/tasks/task-keys.ts';

export const lists = ['mine', 'groups', 'unassigned', 'all', 'done'] as const satisfies readonly InboxList[];
export const ages = ['hour', 'day', 'week'] as const;
export const dues = ['overdue', 'today', 'week'] as const;

export type Age = (typeof ages)[number];
export type DueWithin = (typeof dues)[number];
export type ListFilter = { service?: string; age?: Age; due?: DueWithin };

const hour = 3_600_000;
const day = 24 * hour;
const ageMs = { hour, day, week: 7 * day } satisfies Record<Age, number>;

export function readList(name: string | undefined): InboxList | undefined {
  return lists.find((list) => list === name);
}

export function readFilter(search: URLSearchParams): ListFilter {
  const service = search.get('service');
  const age = ages.find((name) => name === search.get('age'));
  const due = dues.find((name) => name === search.get('due'));
  return { ...(service !== null && { service }), ...(age !== undefined && { age }), ...(due !== undefined && { due }) };
}

export function writeFilter(filter: ListFilter): URLSearchParams {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) search.set(name, value);
  return search;
}

/** The filter in moments. `now` is rounded down to a minute, so that the question stays the same while it is shown. */
export function toTaskFilter(filter: ListFilter, now: number): TaskFilter {
  const minute = Math.floor(now / 60_000) * 60_000;
  return {
    service: filter.service,
    createdBefore: filter.age === undefined ? undefined : new Date(minute - ageMs[filter.age]).toISOString(),
    dueBefore: filter.due === undefined ? undefined : new Date(dueLimit(filter.due, minute)).toISOString(),
  };
}

function dueLimit(due: DueWithin, now: number): number {
  switch (due) {
    case 'overdue':
      return now;
    case 'today':
      return new Date(now).setHours(24, 0, 0, 0);
    case 'week':
      return now + 7 * day;
    default:
      return due satisfies never;
  }
}
