/** The dimensions in which an engine's store grows in use. */
import { deploy, spread, start, type Ask, type Command, type Dimension } from './dimension.ts';
import { withJob, withMessage, withTimer, withUserTask } from './diagrams.ts';

const instances = { sizes: [1, 100, 1_000, 10_000, 100_000], shortSizes: [1, 100, 1_000] } as const;
const day = 86_400_000;

const activateOne = async (ask: Ask): Promise<string> => {
  const { jobs } = (await ask('POST', '/jobs/activation', { type: 'grow', worker: 'bench', timeout: day, maxJobsToActivate: 1, requestTimeout: -1 })) as { jobs: { jobKey: string }[] };
  const [job] = jobs;
  if (job === undefined) throw new Error('There should be a job to activate.');
  return job.jobKey;
};
const complete = (ask: Ask, jobKey: string): Promise<unknown> => ask('POST', `/jobs/${jobKey}/completion`, { variables: { ok: true } });

/** Takes from the front; what is taken was put in by an earlier command of the round. */
function queue(first: readonly string[] = []) {
  const waiting = [...first];
  return {
    put: (key: string) => waiting.push(key),
    take: () => {
      const key = waiting.shift();
      if (key === undefined) throw new Error('A command of the round has nothing to work on.');
      return key;
    },
    isEmpty: () => waiting.length === 0,
  };
}

/** start, hand out, complete: what waits before is as much as what waits after. */
function jobRound(begin: (ask: Ask) => Promise<unknown>): Command[] {
  const activated = queue();
  return [
    { name: 'start', run: begin },
    { name: 'activate job', run: async (ask) => activated.put(await activateOne(ask)) },
    { name: 'complete job', run: (ask) => complete(ask, activated.take()) },
  ];
}

const definitions: Dimension = {
  name: 'definitions', title: 'Process definitions', axis: 'process definitions', sizes: [1, 10, 100, 1_000, 3_000], shortSizes: [1, 10, 100],
  prepare: () => Promise.resolve(),
  add: (ask, index) => deploy(ask, `grow-${index}`, withJob(`grow-${index}`)),
  rounds: 20,
  round: (size) => {
    let next = size;
    let at = 0;
    return [{ name: 'deploy', run: (ask) => deploy(ask, `grow-${next}`, withJob(`grow-${next++}`)) }, ...jobRound((ask) => start(ask, `grow-${(at += 7919) % size}`))];
  },
};

const finishedInstances: Dimension = {
  name: 'finished-instances', title: 'Finished instances', axis: 'finished process instances', ...instances,
  prepare: (ask) => deploy(ask, 'grow', withJob('grow')),
  add: async (ask) => {
    await start(ask, 'grow', { n: 1 });
    await complete(ask, await activateOne(ask));
  },
  round: () => jobRound((ask) => start(ask, 'grow', { n: 1 })),
};

const openTask = `SELECT key FROM user_tasks WHERE state = 'CREATED' ORDER BY key`;
const firstPage = (name: string, body: object) => ({ name, run: (ask: Ask) => ask('POST', '/user-tasks/search', { page: { limit: 50 }, ...body }) });
const byCreation = [{ field: 'creationDate', order: 'DESC' }];

const parkedInstances: Dimension = {
  name: 'parked-instances', title: 'Parked instances (a user task each)', axis: 'parked process instances', ...instances,
  prepare: (ask) => deploy(ask, 'grow', withUserTask('grow')),
  add: (ask, index) => start(ask, 'grow', { group: [`group-${index % 10}`], n: index }),
  round: (size, db) => {
    const tasks = queue(spread(db, openTask, size));
    const started = queue();
    return [
      { name: 'start', run: async (ask) => started.put(await start(ask, 'grow', { group: ['group-1'], n: 0 })) },
      { name: 'find', isHidden: true, run: async (ask) => {
        const { items } = (await ask('POST', '/user-tasks/search', { filter: { processInstanceKey: started.take() } })) as { items: { userTaskKey: string }[] };
        for (const { userTaskKey } of items) tasks.put(userTaskKey);
      } },
      { name: 'complete task', run: (ask) => ask('POST', `/user-tasks/${tasks.take()}/completion`, { variables: { ok: true } }) },
    ];
  },
  reads: [
    firstPage('page by creation', { sort: byCreation }),
    firstPage('open tasks by creation', { sort: byCreation, filter: { state: 'CREATED' } }),
    firstPage('open tasks of a group by creation', { sort: byCreation, filter: { state: 'CREATED', candidateGroup: 'group-3' } }),
    firstPage('open tasks of three groups, unassigned', { sort: byCreation, filter: { state: 'CREATED', assignee: { $exists: false }, candidateGroup: { $in: ['group-1', 'group-2', 'group-3'] } } }),
    firstPage('my tasks', { sort: byCreation, filter: { state: 'CREATED', assignee: 'anna' } }),
    firstPage('open tasks by due date', { sort: [{ field: 'dueDate', order: 'ASC' }], filter: { state: 'CREATED' } }),
    firstPage('open tasks by priority', { sort: [{ field: 'priority', order: 'DESC' }], filter: { state: 'CREATED' } }),
    firstPage('open tasks by variable', { sort: byCreation, filter: { state: 'CREATED', processInstanceVariables: [{ name: 'n', value: '1' }] } }),
    { name: 'running instances', run: (ask) => ask('POST', '/process-instances/search', { page: { limit: 50 }, sort: [{ field: 'startDate', order: 'DESC' }], filter: { state: 'ACTIVE' } }) },
  ],
};

const openJobs: Dimension = {
  name: 'open-jobs', title: 'Open jobs of one type', axis: 'open jobs of one type', ...instances,
  prepare: (ask) => deploy(ask, 'grow', withJob('grow')),
  add: (ask) => start(ask, 'grow', { n: 1 }),
  round: () => jobRound((ask) => start(ask, 'grow', { n: 1 })),
};

const subscriptions: Dimension = {
  name: 'subscriptions', title: 'Message subscriptions with one name and one key', axis: 'open subscriptions of one name and key', ...instances,
  prepare: (ask) => deploy(ask, 'grow', withMessage('grow')),
  add: (ask) => start(ask, 'grow', { key: 'same' }),
  round: () => [
    { name: 'start (subscribe)', run: (ask) => start(ask, 'grow', { key: 'same' }) },
    { name: 'publish (correlate one)', run: (ask) => ask('POST', '/messages/publication', { name: 'grown', correlationKey: 'same', timeToLive: 0, variables: { ok: true } }) },
  ],
};

const timers: Dimension = {
  name: 'timers', title: 'Open timers', axis: 'open timers', ...instances,
  prepare: (ask) => deploy(ask, 'grow', withTimer('grow')),
  add: (ask) => start(ask, 'grow'),
  round: (size, db) => {
    const running = queue(spread(db, `SELECT key FROM process_instances WHERE state = 'ACTIVE' ORDER BY key`, size));
    return [
      { name: 'start (timer)', run: async (ask) => running.put(await start(ask, 'grow')) },
      { name: 'cancel', run: (ask) => ask('POST', `/process-instances/${running.take()}/cancellation`, {}) },
    ];
  },
};

const variables: Dimension = {
  name: 'variables', title: 'One variable', axis: 'size of one variable (kB)', sizes: [1, 10, 100, 1_000], shortSizes: [1, 10, 100],
  prepare: (ask) => deploy(ask, 'grow', withJob('grow')),
  add: () => Promise.resolve(),
  rounds: 40,
  round: (size) => {
    // Rows of small objects, as a form or a report brings them: about 100 bytes each.
    const rows = Array.from({ length: size * 10 }, (_, index) => ({ id: 1_000_000 + index, text: 'a line of the size that people write in a form', amount: index + 0.25, isOpen: true }));
    return jobRound((ask) => start(ask, 'grow', { rows }));
  },
};

export const dimensions: readonly Dimension[] = [definitions, finishedInstances, parkedInstances, openJobs, subscriptions, timers, variables];
