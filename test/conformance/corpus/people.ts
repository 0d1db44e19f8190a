// Scenarios of user tasks and of decisions.
import { process } from '../scenario/diagram.ts';
import { boundary, businessRule, duration, end, start, userTask, type UserTaskOptions } from '../scenario/elements.ts';
import { decisions, form, table } from '../scenario/files.ts';
import type { Resource, Scenario } from '../scenario/scenario.ts';
import { cancel, create, deploy, finish, pass, resolve, set } from './steps.ts';

const one = (options: UserTaskOptions = {}, ...more: Resource[]) => deploy(...more, process('p', [start(), userTask('review', options), end()], ['start > review > end']));
const decide = (...files: Resource[]) => deploy(...files, process('p', [start(), businessRule('rule', 'd', 'r'), end()], ['start > rule > end']));
const tasks = 'user task';
const dmn = 'business rule task and decisions';
const grid = (hitPolicy: string, aggregation?: string) => table('d', { hitPolicy, ...(aggregation === undefined ? {} : { aggregation }), inputs: ['x'], outputs: ['y'], rules: [['< 10', '1'], ['< 20', '2'], ['>= 5', '1'], ['> 100', '7']] });
const all = [create({ x: 1 }), create({ x: 7 }), create({ x: 15 }), create({ x: 200 }), create({ x: 50 })];

export const peopleScenarios: readonly Scenario[] = [
  { name: 'waits for a person', feature: tasks, steps: [one(), create({ x: 1 }), finish('review', { answer: 'yes' })] },
  { name: 'knows its groups, people, dates and priority', feature: tasks, steps: [one({ assignee: '=who', groups: '=["experts", "leads"]', users: 'anna, ben', due: '=now() + duration("P1D")', followUp: '2030-01-02T10:00:00Z', priority: '=10 + 20' }), create({ who: 'anna' }), finish('review')] },
  { name: 'takes groups as text and as list', feature: tasks, steps: [one({ groups: 'experts,leads', users: '=users' }), create({ users: ['anna'] }), create({ users: 'anna' }), create({ users: null })] },
  { name: 'raises an incident when the due date is no date', feature: tasks, steps: [one({ due: '=when' }), create({ when: 'tomorrow' }), set({ when: '2030-01-02T10:00:00Z' }), resolve('review'), finish('review')] },
  { name: 'takes null as no due date', feature: tasks, steps: [one({ due: '=when', assignee: '=who' }), create({})] },
  { name: 'raises an incident when the priority is out of range', feature: tasks, steps: [one({ priority: '=p' }), create({ p: 101 }), set({ p: 100 }), resolve('review')] },
  { name: 'raises an incident when the groups are no list', feature: tasks, steps: [one({ groups: '=g' }), create({ g: 5 })] },
  { name: 'links the latest form', feature: tasks, steps: [one({ form: 'ask' }, form('ask')), create(), finish('review')] },
  { name: 'raises an incident when the form is not there', feature: tasks, steps: [one({ form: 'ask' }), create(), deploy(form('ask')), resolve('review'), finish('review')] },
  { name: 'assigns, claims and unassigns', feature: tasks, steps: [one(), create(), { do: 'assign-task', element: 'review', assignee: 'anna' }, { do: 'assign-task', element: 'review', assignee: 'ben', allowOverride: false }, { do: 'assign-task', element: 'review', assignee: 'ben' }, { do: 'unassign-task', element: 'review' }, { do: 'assign-task', element: 'review', assignee: 'ben', allowOverride: false }, { do: 'assign-task', element: 'review', assignee: 'ben', allowOverride: false }, finish('review')] },
  { name: 'changes groups, dates and priority', feature: tasks, steps: [one({ groups: 'experts', priority: '30' }), create(), { do: 'update-task', element: 'review', changes: { candidateGroups: ['leads'], dueDate: '2030-02-01T00:00:00Z', priority: 90 } }, { do: 'update-task', element: 'review', changes: { dueDate: '', candidateGroups: [] } }, { do: 'update-task', element: 'review', changes: { candidateUsers: ['anna'], followUpDate: '2030-02-01T00:00:00+01:00' } }, finish('review')] },
  { name: 'refuses to complete a task twice', feature: tasks, steps: [one(), create(), finish('review'), finish('review')] },
  { name: 'cancels a task with its instance', feature: tasks, steps: [one(), create(), cancel, finish('review')] },
  { name: 'interrupts a task by a timer', feature: tasks, steps: [deploy(process('p', [start(), userTask('review'), boundary('late', 'review', duration('PT1H')), end(), end('e2')], ['start > review > end', 'late > e2'])), create(), pass(3601)] },
  { name: 'reminds beside a task and goes on', feature: tasks, steps: [deploy(process('p', [start(), userTask('review', { outputs: { verdict: '=answer' } }), boundary('late', 'review', duration('PT1H'), { nonInterrupting: true }), end(), end('e2')], ['start > review > end', 'late > e2'])), create(), pass(3601), finish('review', { answer: 'no', other: 1 })] },
  { name: 'keeps inputs of a task local', feature: tasks, steps: [one({ inputs: { question: '="how?"' } }), create({ x: 1 }), finish('review', { question: 'why?', answer: 'so' })] },
  { name: 'evaluates a table with one hit', feature: dmn, steps: [decide(table('d', { hitPolicy: 'UNIQUE', inputs: ['x'], outputs: ['y'], rules: [['< 10', '"low"'], ['>= 10', '"high"']] })), create({ x: 1 }), create({ x: 10 })] },
  { name: 'raises an incident when two rules hit a unique table', feature: dmn, steps: [decide(table('d', { hitPolicy: 'UNIQUE', inputs: ['x'], outputs: ['y'], rules: [['< 10', '1'], ['< 20', '2']] })), create({ x: 15 }), create({ x: 5 }), set({ x: 12 })] },
  { name: 'gives null when no rule hits', feature: dmn, steps: [decide(table('d', { hitPolicy: 'UNIQUE', inputs: ['x'], outputs: ['y'], rules: [['< 10', '1']] })), create({ x: 15 }), create({})] },
  { name: 'takes the first hit', feature: dmn, steps: [decide(grid('FIRST')), ...all] },
  { name: 'takes any hit when all agree', feature: dmn, steps: [decide(grid('ANY')), ...all] },
  { name: 'lists hits in the order of the rules', feature: dmn, steps: [decide(grid('RULE ORDER')), ...all] },
  { name: 'collects hits', feature: dmn, steps: [decide(grid('COLLECT')), ...all] },
  { name: 'sums up hits', feature: dmn, steps: [decide(grid('COLLECT', 'SUM')), ...all] },
  { name: 'counts hits', feature: dmn, steps: [decide(grid('COLLECT', 'COUNT')), ...all] },
  { name: 'takes the smallest hit', feature: dmn, steps: [decide(grid('COLLECT', 'MIN')), ...all] },
  { name: 'takes the largest hit', feature: dmn, steps: [decide(grid('COLLECT', 'MAX')), ...all] },
  { name: 'gives a context for several outputs', feature: dmn, steps: [decide(table('d', { hitPolicy: 'FIRST', inputs: ['x', 's'], outputs: ['y', 'z'], rules: [['-', '"a","b"', '1', '"ab"'], ['[1..5]', 'not("a")', 'x * 2', 's'], ['', '', 'null', '"else"']] })), create({ x: 3, s: 'a' }), create({ x: 3, s: 'c' }), create({ x: 9, s: 'c' })] },
  { name: 'collects contexts of several outputs', feature: dmn, steps: [decide(table('d', { hitPolicy: 'COLLECT', inputs: ['x'], outputs: ['y', 'z'], rules: [['< 10', '1', '"a"'], ['< 20', '2', '"b"']] })), create({ x: 3 }), create({ x: 30 })] },
  { name: 'evaluates the decisions that a decision requires', feature: dmn, steps: [decide(decisions('graph', [
    { id: 'd', requires: ['level', 'factor'], hitPolicy: 'UNIQUE', inputs: ['level', 'f'], outputs: ['y'], rules: [['"low"', '-', 'f * 1'], ['"high"', '> 1', 'f * 10']] },
    { id: 'level', hitPolicy: 'FIRST', inputs: ['x'], outputs: ['level'], rules: [['< 10', '"low"'], ['-', '"high"']] },
    { id: 'factor', literal: 'x / 2', variable: 'f' },
  ])), create({ x: 4 }), create({ x: 40 })] },
  { name: 'evaluates a literal expression', feature: dmn, steps: [decide(decisions('graph', [{ id: 'd', literal: 'if x > 1 then "many" else "one"', variable: 'v' }])), create({ x: 4 })] },
  { name: 'raises an incident when an expression of a table fails', feature: dmn, steps: [decide(table('d', { hitPolicy: 'FIRST', inputs: ['assert(x, x != null)'], outputs: ['y'], rules: [['-', '1']] })), create({}), set({ x: 1 }), resolve('rule')] },
  { name: 'raises an incident when the decision is not there', feature: dmn, steps: [deploy(process('p', [start(), businessRule('rule', 'd', 'r'), end()], ['start > rule > end'])), create({ x: 1 }), deploy(grid('FIRST')), resolve('rule')] },
  { name: 'maps around a decision', feature: dmn, steps: [deploy(grid('FIRST'), process('p', [start(), businessRule('rule', '=name', 'r', { inputs: { x: '=amount' }, outputs: { level: '=r' } }), end()], ['start > rule > end'])), create({ amount: 3, name: 'd' })] },
  { name: 'evaluates a decision without a process', feature: dmn, steps: [deploy(grid('COLLECT', 'SUM')), { do: 'evaluate-decision', decision: 'd', variables: { x: 7 } }, { do: 'evaluate-decision', decision: 'none', variables: {} }] },
  { name: 'evaluates the latest version of a decision', feature: dmn, steps: [decide(grid('FIRST')), deploy(table('d', { hitPolicy: 'FIRST', inputs: ['x'], outputs: ['y'], rules: [['-', '"new"']] })), create({ x: 1 })] },
];
