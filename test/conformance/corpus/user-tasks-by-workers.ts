// Scenarios of user tasks that a job worker does: those without `zeebe:userTask`.
import { atEnd, atStart, process, subProcess } from '../scenario/diagram.ts';
import { boundary, compensation, duration, end, error, message, start, userTask, userTaskByWorker, type UserTaskOptions } from '../scenario/elements.ts';
import { form, formWith } from '../scenario/files.ts';
import { adHoc, multi, undoneBy } from '../scenario/scopes.ts';
import type { Resource, Scenario, Step } from '../scenario/scenario.ts';
import { activate, cancel, complete, create, deploy, fail, finish, migrate, modify, pass, publish, resolve, retry, set, throwError } from './steps.ts';

const JOB = 'io.camunda.zeebe:userTask';
const feature = 'user task, by a job worker';
const one = (options: UserTaskOptions = {}, ...more: Resource[]) => deploy(...more, process('p', [start(), userTaskByWorker('review', options), end()], ['start > review > end']));
const to = (options: UserTaskOptions, draw: (id: string, options: UserTaskOptions) => ReturnType<typeof userTask>): Step => deploy(process('q', [start(), draw('review', options), end()], ['start > review > end']));
const native = (options: UserTaskOptions = {}, ...more: Resource[]) => deploy(...more, process('p', [start(), userTask('review', options), end()], ['start > review > end']));
const listeners = [{ event: 'assigning', type: 'assigned' }] as const;

export const userTasksByWorkersScenarios: readonly Scenario[] = [
  { name: 'waits for a worker', feature, steps: [one(), create({ x: 1 }), activate(JOB), complete(JOB, { answer: 'yes' })] },
  { name: 'is no user task to a person', feature, steps: [one(), create(), finish('review'), complete(JOB)] },
  { name: 'hands out assignee, groups, users, dates and headers', feature, steps: [one({ assignee: '=who', groups: '=["experts", "leads"]', users: 'anna, ben', due: '=now() + duration("P1D")', followUp: '2030-01-02T10:00:00Z', headers: { own: '1' } }), create({ who: 'anna' }), activate(JOB), complete(JOB)] },
  { name: 'takes groups and users as text and as list', feature, steps: [one({ groups: 'experts, team leads', users: '=users' }), create({ users: ['anna'] }), create({ users: [] }), create({ users: 'anna' }), create({ users: null }), create({ users: [1] })] },
  { name: 'takes null as nobody and as no date', feature, steps: [one({ assignee: '=who', due: '=when', followUp: '=when' }), create({ who: null, when: null }), create({ who: '', when: '' }), create({ who: 'ann', when: null })] },
  { name: 'knows dates of each kind', feature, steps: [one({ due: '=when' }), create({ when: '2030-01-02T10:00:00Z' }), create({ when: '2030-01-02T10:00:00.123+02:00' }), create({ when: '2030-01-02T10:00:00' }), create({ when: '2030-01-02' })] },
  { name: 'knows dates of FEEL', feature, steps: [one({ due: '=date and time("2030-01-02T10:00:00+02:00")', followUp: '=date and time("2030-01-02T10:00:00@Europe/Berlin")' }), create()] },
  { name: 'raises an incident when the due date is no date', feature, steps: [one({ due: '=when' }), create({ when: 'tomorrow' }), set({ when: '2030-01-02T10:00:00Z' }), resolve('review'), complete(JOB)] },
  { name: 'raises an incident when the assignee is no text', feature, steps: [one({ assignee: '=who' }), create({ who: 5 }), set({ who: 'anna' }), resolve('review'), complete(JOB)] },
  { name: 'raises an incident when the groups are no list', feature, steps: [one({ groups: '=g' }), create({ g: 5 })] },
  { name: 'refuses a due date that is no date', feature, steps: [one({ due: 'tomorrow' })] },
  { name: 'refuses a follow-up date that is no date', feature, steps: [one({ followUp: 'tomorrow' })] },
  { name: 'refuses an expression that cannot be read', feature, steps: [one({ assignee: '=x +' })] },
  { name: 'refuses headers that the engine writes', feature, steps: [one({ headers: { 'io.camunda.zeebe:assignee': 'a' } })] },
  { name: 'refuses the header of the groups', feature, steps: [one({ headers: { 'io.camunda.zeebe:candidateGroups': 'a' } })] },
  { name: 'refuses the header of the due date', feature, steps: [one({ headers: { 'io.camunda.zeebe:dueDate': 'a' } }), create()] },
  { name: 'refuses the header of a form on a Camunda user task', feature, steps: [native({ headers: { 'io.camunda.zeebe:formKey': 'a' } })] },
  { name: 'has no priority', feature, steps: [one({ priority: '80' }), create(), complete(JOB)] },
  { name: 'does not read its priority', feature, steps: [one({ priority: '=p' }), create(), complete(JOB)] },
  { name: 'refuses a priority out of range', feature, steps: [one({ priority: '101' }), create()] },
  { name: 'hands out the key of its form', feature, steps: [one({ formKey: 'camunda-forms:bpmn:form_1' }), create(), complete(JOB)] },
  { name: 'takes the key of its form as it is written', feature, steps: [one({ formKey: '="a" + b' }), create({ b: 'x' }), create({ b: 5 })] },
  { name: 'refuses the key of a form on a Camunda user task', feature, steps: [native({ formKey: 'abc' }), create()] },
  { name: 'refuses an empty key of a form', feature, steps: [one({ formKey: '' }), create()] },
  { name: 'refuses two forms', feature, steps: [one({ formKey: 'abc', form: 'ask' }, form('ask')), create()] },
  { name: 'refuses an empty form', feature, steps: [one({ form: '' }), create()] },
  { name: 'refuses an empty form of a Camunda user task', feature, steps: [native({ form: '' }), create()] },
  { name: 'refuses an external form alone', feature, steps: [one({ externalReference: 'abc' }), create()] },
  { name: 'links the latest form', feature, steps: [one({ form: 'ask' }, form('ask')), create(), complete(JOB)] },
  { name: 'links the form of its deployment', feature, steps: [one({ form: 'ask', formBinding: 'deployment' }, form('ask')), create(), complete(JOB)] },
  { name: 'refuses a form that is not in its deployment', feature, steps: [one({ form: 'ask', formBinding: 'deployment' }), create(), complete(JOB)] },
  { name: 'links the form with a version tag', feature, steps: [one({ form: 'ask', formBinding: { versionTag: 'v' } }, formWith('ask', { versionTag: 'v' })), create(), complete(JOB)] },
  { name: 'raises an incident when the form is not there', feature, steps: [one({ form: 'ask' }), create(), deploy(form('ask')), resolve('review'), complete(JOB)] },
  { name: 'keeps its job type whatever the diagram names', feature, steps: [one({ more: '<zeebe:taskDefinition type="other" retries="7"/>' }), create(), activate('other'), complete(JOB)] },
  { name: 'takes no job type on a Camunda user task', feature, steps: [native({ more: '<zeebe:taskDefinition type="other" retries="7"/>' }), create(), activate('other'), complete(JOB)] },
  { name: 'refuses a job type that is empty', feature, steps: [one({ more: '<zeebe:taskDefinition retries="7"/>' }), create(), complete(JOB)] },
  { name: 'refuses task listeners', feature, steps: [one({ taskListeners: listeners, assignee: 'a' }), create(), complete(JOB)] },
  { name: 'runs execution listeners around its job', feature, steps: [one({ listeners: [atStart('before'), atEnd('after')] }), create(), complete('before', { who: 1 }), complete(JOB), complete('after')] },
  { name: 'hands out a failed job again', feature, steps: [one(), create(), fail(JOB, 2), fail(JOB, 0), retry(JOB, 2), resolve('review'), complete(JOB)] },
  { name: 'ends at a boundary event with the error of its worker', feature, steps: [deploy(process('p', [start(), userTaskByWorker('review'), boundary('caught', 'review', error('E')), end(), end('after')], ['start > review > end', 'caught > after'])), create(), throwError(JOB, 'E', { why: 1 })] },
  { name: 'is interrupted by a timer', feature, steps: [deploy(process('p', [start(), userTaskByWorker('review'), boundary('late', 'review', duration('PT1H')), end(), end('after')], ['start > review > end', 'late > after'])), create(), activate(JOB), pass(3601), complete(JOB)] },
  { name: 'goes on beside a message', feature, steps: [deploy(process('p', [start(), userTaskByWorker('review'), boundary('asked', 'review', message('ask', '=id'), { nonInterrupting: true }), end(), end('after')], ['start > review > end', 'asked > after'])), create({ id: 'a' }), publish('ask', 'a', { q: 1 }), complete(JOB)] },
  { name: 'is cancelled with its instance', feature, steps: [one(), create(), cancel, complete(JOB)] },
  { name: 'maps what it gets and gives', feature, steps: [one({ inputs: { who: '=owner' }, outputs: { done: '=answer' }, assignee: '=who' }), create({ owner: 'anna' }), complete(JOB, { answer: 'yes', other: 1 })] },
  { name: 'is done once per item', feature, steps: [deploy(process('p', [start(), multi(userTaskByWorker('review', { assignee: '=who' }), '=people', { item: 'who', output: { collection: 'answers', element: '=answer' } }), end()], ['start > review > end'])), create({ people: ['anna', 'ben'] }), complete(JOB, { answer: 1 }), complete(JOB, { answer: 2 })] },
  { name: 'runs inside of a sub-process and an ad-hoc one', feature, steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), userTaskByWorker('a'), end('out')], ['in > a > out']), adHoc('free', [userTaskByWorker('b')], [], { active: '=["b"]' }), end()], ['start > sub > free > end'])), create(), complete(JOB), complete(JOB)] },
  { name: 'can be undone', feature, steps: [deploy(process('p', [start(), userTaskByWorker('review'), ...undoneBy('review', userTaskByWorker('undo', { assignee: '=who' })), end('end', compensation())], ['start > review > end'])), create({ who: 'anna' }), complete(JOB), complete(JOB)] },
  { name: 'is begun and ended by a modification', feature, steps: [one({ assignee: '=who' }), create({ who: 'anna' }), modify({ activate: [{ element: 'review', variables: [{ scope: 'review', values: { who: 'ben' } }] }], terminate: ['review'] }), complete(JOB)] },
  { name: 'goes along with a migration', feature, steps: [one({ assignee: 'anna' }), to({ assignee: 'ben' }, userTaskByWorker), create(), migrate({ review: 'review' }), complete(JOB)] },
  { name: 'does not become one from a Camunda user task', feature, steps: [native(), to({}, userTaskByWorker), create(), migrate({ review: 'review' })] },
  { name: 'becomes a Camunda user task by a migration', feature, steps: [one({ assignee: 'anna', groups: 'a,b', users: 'u', due: '2030-01-02T10:00:00Z', followUp: '2030-01-02T09:00:00Z', headers: { own: '1' } }), to({ assignee: 'ben', priority: '80' }, userTask), create(), activate(JOB), migrate({ review: 'review' }), complete(JOB), finish('review')] },
  { name: 'becomes a Camunda user task with its linked form', feature, steps: [one({ form: 'ask' }, form('ask')), to({}, userTask), create(), migrate({ review: 'review' }), finish('review')] },
  { name: 'becomes a Camunda user task whose form is elsewhere', feature, steps: [one({ formKey: 'abc' }), to({ form: 'ask' }, userTask), create(), migrate({ review: 'review' }), finish('review')] },
  { name: 'becomes a Camunda user task without asking the listeners of its creation', feature, steps: [one({ assignee: 'anna' }), to({ taskListeners: [{ event: 'creating', type: 'created' }, ...listeners] }, userTask), create(), migrate({ review: 'review' }), complete('created'), complete('assigned'), finish('review')] },
  { name: 'becomes a Camunda user task with an incident', feature, deviates: 'Zeebe leaves the incident of the job that is gone, fails over resolving it, and keeps it for ever; ours ends it with the job', steps: [one({ assignee: 'anna' }), to({}, userTask), create(), fail(JOB, 0), migrate({ review: 'review' }), resolve('review'), finish('review')] },
  { name: 'becomes a Camunda user task before it has a job', feature, deviates: 'Zeebe refuses it as a failure of its own (PROCESSING_ERROR); ours as a state that does not allow it (INVALID_STATE)', steps: [one({ assignee: '=who' }), to({}, userTask), create({ who: 5 }), migrate({ review: 'review' }), set({ who: 'a' }), resolve('review'), finish('review')] },
  { name: 'takes groups, dates and headers of the job along, assignee and priority of the diagram', feature, steps: [deploy(form('ask'), form('tell')), one({ assignee: 'anna', form: 'ask', groups: 'a', users: 'u', due: '2030-01-02T10:00:00Z', headers: { own: '1' } }), to({ assignee: '=who', form: 'tell', groups: '=g', due: '2030-02-02T10:00:00Z', followUp: '2030-02-02T09:00:00Z', priority: '=p', headers: { other: '1' } }, userTask), create({ who: 'w', g: ['gg'], p: 7 }), migrate({ review: 'review' }), finish('review')] },
  { name: 'becomes a Camunda user task although the diagram cannot tell assignee and priority', feature, steps: [one(), to({ assignee: '=who', priority: '=p', form: 'none' }, userTask), create({ who: 5, p: 'x' }), migrate({ review: 'review' }), finish('review')] },
  { name: 'asks the listeners of the completion after a migration', feature, steps: [one({ assignee: 'anna' }), to({ assignee: 'ben', taskListeners: [{ event: 'creating', type: 'created' }, ...listeners, { event: 'completing', type: 'done' }] }, userTask), create(), migrate({ review: 'review' }), activate('assigned'), finish('review'), complete('done')] },
  { name: 'becomes a Camunda user task inside of multi-instance', feature, steps: [deploy(process('p', [start(), multi(userTaskByWorker('review', { assignee: '=who' }), '=people', { item: 'who' }), end()], ['start > review > end'])), deploy(process('q', [start(), multi(userTask('review', { assignee: '=who' }), '=people', { item: 'who' }), end()], ['start > review > end'])), create({ people: ['anna', 'ben'] }), migrate({ review: 'review' }), finish('review'), finish('review')] },
  { name: 'reads what a migration asks for from around the task', feature, steps: [one({ inputs: { who: '="inside"' } }), to({ assignee: '=who' }, userTask), create({ who: 'outside' }), migrate({ review: 'review' }), finish('review')] },
];
