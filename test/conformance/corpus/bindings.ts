// Scenarios of versions: which one a call activity, a decision, a form takes.
import { process, type Extras } from '../scenario/diagram.ts';
import { businessRule, call, end, service, start, userTask, type Binding } from '../scenario/elements.ts';
import { decisions, form, formWith } from '../scenario/files.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { complete, create, deploy, finish, resolve } from './steps.ts';

const calls = 'binding of a call activity';
const rules = 'binding of a decision';
const forms = 'binding of a form';

const tag = (value: string) => ({ extensions: `<zeebe:versionTag value="${value}"/>` });
const child = (type: string, versionTag?: string) => process('c', [start('cs'), service(type), end('ce')], [`cs > ${type} > ce`], versionTag === undefined ? {} : tag(versionTag));
const caller = (binding?: Binding, extras: Extras = {}) => process('p', [start(), call('a', 'c', { ...extras, ...(binding === undefined ? {} : { binding }) }), end()], ['start > a > end']);
const rule = (answer: string, versionTag?: string) => decisions('graph', [{ id: 'd', literal: answer, variable: 'v', ...(versionTag === undefined ? {} : { versionTag }) }]);
const decider = (binding?: Binding) => process('p', [start(), businessRule('rule', 'd', 'r', binding === undefined ? {} : { binding }), end()], ['start > rule > end']);
const asker = (formBinding?: Binding) => process('p', [start(), userTask('review', { form: 'ask', ...(formBinding === undefined ? {} : { formBinding }) }), end()], ['start > review > end']);
const stable = { versionTag: 'stable' };

export const bindingScenarios: readonly Scenario[] = [
  { name: 'takes the latest', feature: calls, steps: [deploy(child('one'), caller()), create(), deploy(child('two')), create(), complete('one'), complete('two')] },
  { name: 'takes the latest by name', feature: calls, steps: [deploy(child('one'), caller('latest')), deploy(child('two')), create(), complete('two')] },
  { name: 'takes that of the same deployment', feature: calls, steps: [deploy(child('one'), caller('deployment')), deploy(child('two')), create(), complete('one')] },
  { name: 'raises an incident when the same deployment has none', feature: calls, steps: [deploy(child('one')), deploy(caller('deployment')), create(), resolve('a')] },
  { name: 'takes that of a version tag', feature: calls, steps: [deploy(child('one', 'stable')), deploy(child('two', 'beta')), deploy(caller(stable)), create(), complete('one'), deploy(child('three', 'stable')), create(), complete('three')] },
  { name: 'raises an incident when no version has the tag', feature: calls, steps: [deploy(child('one')), deploy(caller(stable)), create(), deploy(child('two', 'stable')), resolve('a'), complete('two')] },
  { name: 'takes that of the deployment of the caller again when both are deployed again', feature: calls, steps: [deploy(child('one'), caller('deployment')), deploy(child('one'), caller('deployment')), deploy(child('two'), caller('deployment')), create(), complete('two')] },
  { name: 'takes the latest', feature: rules, steps: [deploy(rule('1'), decider()), create(), deploy(rule('2')), create()] },
  { name: 'takes that of the same deployment', feature: rules, steps: [deploy(rule('1'), decider('deployment')), deploy(rule('2')), create()] },
  { name: 'raises an incident when the same deployment has none', feature: rules, steps: [deploy(rule('1')), deploy(decider('deployment')), create()] },
  { name: 'takes that of a version tag', feature: rules, steps: [deploy(rule('1', 'stable')), deploy(rule('2', 'beta')), deploy(decider(stable)), create()] },
  { name: 'raises an incident when no version has the tag', feature: rules, steps: [deploy(rule('1')), deploy(decider(stable)), create(), deploy(rule('2', 'stable')), resolve('rule')] },
  { name: 'takes the latest', feature: forms, steps: [deploy(form('ask'), asker()), create(), deploy(formWith('ask', { label: 'New' })), create(), finish('review')] },
  { name: 'takes that of the same deployment', feature: forms, steps: [deploy(form('ask'), asker('deployment')), deploy(formWith('ask', { label: 'New' })), create()] },
  { name: 'raises an incident when the same deployment has none', feature: forms, steps: [deploy(form('ask')), deploy(asker('deployment')), create()] },
  { name: 'takes that of a version tag', feature: forms, steps: [deploy(formWith('ask', { versionTag: 'stable' })), deploy(formWith('ask', { label: 'New' })), deploy(asker(stable)), create()] },
  { name: 'raises an incident when no version has the tag', feature: forms, steps: [deploy(form('ask')), deploy(asker(stable)), create(), deploy(formWith('ask', { versionTag: 'stable' })), resolve('review'), finish('review')] },
  { name: 'takes its id from an expression', feature: forms, steps: [deploy(form('ask'), process('p', [start(), userTask('review', { form: '="a" + s' }), end()], ['start > review > end'])), create({ s: 'sk' }), create({})] },
  { name: 'refuses a binding without a tag', feature: calls, steps: [deploy(caller({ versionTag: '' }))] },
];
