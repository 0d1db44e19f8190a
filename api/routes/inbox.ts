/** The inbox: lists, one task, and what a reviewer does with it. */
import { eventStreams } from '../access/open-streams.ts';
import type * as contract from '../contract/inbox.ts';
import type { InboxList, TaskCounts } from '../contract/inbox.ts';
import * as answering from '../inbox/answer-task.ts';
import { countTasks, searchTasks, type TaskPageFound, type TaskSearch } from '../inbox/engine-tasks.ts';
import { findTask, visibleGroups, withCases } from '../inbox/find-tasks.ts';
import { inboxEventStream } from '../inbox/inbox-event-stream.ts';
import { showTask, showTasks } from '../inbox/task-view.ts';
import { toMinute } from '../moment.ts';
import type { Parts } from '../parts.ts';
import { readListCursor, writeListCursor } from '../inbox/list-cursor.ts';
import { reachedService } from './decision-services.ts';
import type { Handler } from './handler.ts';
import { personOf } from './session.ts';

export const listTasks: Handler<typeof contract.listTasks> = async ({ query, caller }, parts) => {
  const { user } = personOf(caller);
  const { list, service, createdBefore, dueBefore, cursor, limit } = query;
  if (service !== undefined) await reachedService(parts.ledger, caller, service);
  const search: TaskSearch = { list, person: user.name, groups: visibleGroups(user), service, createdBefore: wholeMinute(createdBefore), dueBefore: wholeMinute(dueBefore) };
  const after = cursor === undefined ? null : readListCursor(parts.inboxSeal, cursor, search);
  const [page, counts] = await findWithCounts(parts, search, { after, limit });
  const items = await showTasks(parts, await withCases(parts, page.items), user);
  const nextCursor = page.endCursor === null ? null : writeListCursor(parts.inboxSeal, page.endCursor, search);
  // A cluster's search still shows tasks that were handed on a moment ago: they are over.
  const current = list === 'done' ? items : items.filter(({ step }) => step !== 'done');
  return { status: 200, body: { items: current, counts, nextCursor } };
};

const wholeMinute = (moment: string | undefined) => (moment === undefined ? undefined : toMinute(Date.parse(moment)));

/** The page and the sizes of all lists, each search made once: to whoever sees only their groups, `all` is `groups`. */
async function findWithCounts(parts: Parts, search: TaskSearch, page: { after: string | null; limit: number }): Promise<[TaskPageFound, TaskCounts]> {
  const same = (list: InboxList): InboxList => (list === 'all' && search.groups !== null ? 'groups' : list);
  const found = searchTasks(parts.engine, parts.claims, search, page);
  const sizes = new Map<InboxList, Promise<number>>([[same(search.list), found.then(({ total }) => total)]]);
  const size = (list: InboxList): Promise<number> => {
    const counted = sizes.get(same(list)) ?? countTasks(parts.engine, parts.claims, { ...search, list });
    sizes.set(same(list), counted);
    return counted;
  };
  const [mine, groups, unassigned, all, done] = await Promise.all([size('mine'), size('groups'), size('unassigned'), size('all'), size('done')]);
  return [await found, { mine, groups, unassigned, all, done }];
}

export const readTask: Handler<typeof contract.readTask> = async ({ params, caller }, parts) => {
  const { user } = personOf(caller);
  return { status: 200, body: await showTask(parts, await findTask(parts, params.userTaskKey, user), user) };
};

export const claimTask: Handler<typeof contract.claimTask> = async ({ params, caller }, parts) => ({
  status: 200,
  body: await answering.claimTask(parts, params.userTaskKey, personOf(caller).user),
});

export const unclaimTask: Handler<typeof contract.unclaimTask> = async ({ params, caller }, parts) => ({
  status: 200,
  body: await answering.unclaimTask(parts, params.userTaskKey, personOf(caller).user),
});

export const giveVerdict: Handler<typeof contract.giveVerdict> = async ({ params, body, caller }, parts) => ({
  status: 200,
  body: await answering.giveVerdict(parts, params.userTaskKey, personOf(caller).user, body),
});

export const giveFinalVerdict: Handler<typeof contract.giveFinalVerdict> = async ({ params, body, caller }, parts) => ({
  status: 200,
  body: await answering.giveFinalVerdict(parts, params.userTaskKey, personOf(caller).user, body),
});

export const undoVerdict: Handler<typeof contract.undoVerdict> = async ({ params, caller }, parts) => ({
  status: 200,
  body: await answering.undo(parts, params.userTaskKey, personOf(caller).user),
});

export const holdVerdict: Handler<typeof contract.holdVerdict> = async ({ params, caller }, parts) => ({
  status: 200,
  body: await answering.hold(parts, params.userTaskKey, personOf(caller).user),
});

export const needInformation: Handler<typeof contract.needInformation> = async ({ params, body, caller }, parts) => ({
  status: 200,
  body: await answering.giveOpenAnswer(parts, params.userTaskKey, personOf(caller).user, { answer: 'need-information', text: body.text }),
});

export const notMine: Handler<typeof contract.notMine> = async ({ params, body, caller }, parts) => ({
  status: 200,
  body: await answering.giveOpenAnswer(parts, params.userTaskKey, personOf(caller).user, { answer: 'not-mine', text: body.text }),
});

export const streamInboxEvents: Handler<typeof contract.streamInboxEvents> = async ({ headers, caller, gone }, parts) => ({
  status: 200,
  body: '',
  headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  stream: inboxEventStream(parts, personOf(caller), { lastEventId: headers['last-event-id'], gone: eventStreams.admit(personOf(caller).token, gone) }),
});
