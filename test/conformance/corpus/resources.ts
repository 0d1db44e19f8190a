// Scenarios of resources that are deleted again: what runs, what may begin, which version is the latest then.
import { process } from '../scenario/diagram.ts';
import { businessRule, call, catchEvent, cycle, end, message, service, signal, start, userTask } from '../scenario/elements.ts';
import { decisions, form, formWith, table } from '../scenario/files.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { broadcast, cancel, complete, create, deploy, finish, pass, publish, remove, resolve } from './steps.ts';

const feature = 'resource deletion';
const NUMBERS = 'Zeebe gives the number of a form or of a decision again once the versions that had it are deleted; in ours a number is given once, so that what was recorded stays clear';
const job = (type: string, id = 'p') => process(id, [start(), service('t', { type }), end()], ['start > t > end']);
const began = (trigger: Parameters<typeof start>[1], type = 't') => process('p', [start('start', trigger), service(type), end()], [`start > ${type} > end`]);
const caller = process('p', [start(), call('c', 'q'), end()], ['start > c > end']);
const asks = (formId: string) => process('p', [start(), userTask('u', { form: formId }), end()], ['start > u > end']);
const rule = (output: string) => table('d', { hitPolicy: 'FIRST', inputs: ['x'], outputs: ['y'], rules: [['-', output]] });
const decides = process('p', [start(), businessRule('r', 'd', 'v'), service('after'), end()], ['start > r > after > end']);
const evaluate = (decision: string) => ({ do: 'evaluate-decision', decision, variables: { x: 1 } }) as const;

export const resourceScenarios: readonly Scenario[] = [
  { name: 'a process that is deleted can no longer be started', feature, steps: [deploy(job('a')), remove('process p v1'), create(), { do: 'create', process: 'p', version: 1 }] },
  { name: 'knows nothing of a resource that nobody has', feature, steps: [remove('process p v1')] },
  { name: 'cannot delete twice', feature, steps: [deploy(job('a')), remove('process p v1'), remove('process p v1')] },
  { name: 'the version before is the latest again', feature, steps: [deploy(job('a')), deploy(job('b')), remove('process p v2'), create(), complete('a')] },
  { name: 'an older version goes, the latest stays', feature, steps: [deploy(job('a')), deploy(job('b')), remove('process p v1'), create(), { do: 'create', process: 'p', version: 1 }, complete('b')] },
  { name: 'numbers of versions are not given twice', feature, steps: [deploy(job('a')), deploy(job('b')), remove('process p v2'), deploy(job('c')), create(), complete('c')] },
  { name: 'numbers of versions go on when all are deleted', feature, steps: [deploy(job('a')), remove('process p v1'), deploy(job('a')), create(), complete('a')] },
  { name: 'the same file is deployed again after it was deleted', feature, steps: [deploy(job('a')), deploy(job('b')), remove('process p v2'), deploy(job('b')), create()] },
  { name: 'a process with running instances', feature, steps: [deploy(job('a')), create(), remove('process p v1'), create(), complete('a')] },
  { name: 'a process whose instances have ended', feature, steps: [deploy(job('a')), create(), complete('a'), remove('process p v1'), create()] },
  { name: 'a process whose instance was canceled', feature, steps: [deploy(job('a')), create(), cancel, remove('process p v1'), create()] },
  { name: 'a called process falls back to the version before', feature, steps: [deploy(job('a', 'q')), deploy(job('b', 'q')), deploy(caller), remove('process q v2'), create(), complete('a')] },
  { name: 'a called process that is gone is an incident', feature, steps: [deploy(job('a', 'q')), deploy(caller), remove('process q v1'), create(), deploy(job('b', 'q')), resolve('c'), complete('b')] },
  { name: 'a timer start event ends with its process', feature, steps: [deploy(began(cycle('R/PT1H'))), remove('process p v1'), pass(3601), pass(3600)] },
  { name: 'a timer start event of the version before begins again', feature, steps: [deploy(began(cycle('R/PT1H'), 'a')), deploy(began(cycle('R/PT2H'), 'b')), remove('process p v2'), pass(3601), pass(3600)] },
  { name: 'a timer start event of the latest version is not touched', feature, steps: [deploy(began(cycle('R/PT1H'), 'a')), deploy(began(cycle('R/PT2H'), 'b')), remove('process p v1'), pass(3601), pass(3600)] },
  { name: 'a message start event ends with its process', feature, steps: [deploy(began(message('go'))), remove('process p v1'), publish('go', 'k', {}, { timeToLive: 10_000 }), deploy(began(message('go'), 'b'))] },
  { name: 'a message start event of the version before begins again', feature, steps: [deploy(began(message('go'), 'a')), deploy(began(message('come'), 'b')), publish('go', 'k'), remove('process p v2'), publish('come', 'k'), publish('go', 'k')] },
  { name: 'a signal start event ends with its process', feature, steps: [deploy(began(signal('go'))), remove('process p v1'), broadcast('go')] },
  { name: 'a signal start event of the version before begins again', feature, steps: [deploy(began(signal('go'), 'a')), deploy(began(signal('come'), 'b')), remove('process p v2'), broadcast('come'), broadcast('go')] },
  { name: 'a form falls back to the version before', feature, steps: [deploy(form('f')), deploy(formWith('f', { label: 'Other' })), deploy(asks('f')), remove('form f v2'), create(), finish('u')] },
  { name: 'a form that is gone is an incident', feature, deviates: NUMBERS, steps: [deploy(form('f')), deploy(asks('f')), remove('form f v1'), create(), deploy(form('f')), resolve('u'), finish('u')] },
  { name: 'a task keeps its form', feature, steps: [deploy(form('f')), deploy(asks('f')), create(), remove('form f v1'), finish('u')] },
  { name: 'numbers of forms are not given twice', feature, deviates: NUMBERS, steps: [deploy(form('f')), remove('form f v1'), deploy(form('f')), deploy(formWith('f', { label: 'Other' }))] },
  { name: 'a form is deployed anew after its latest version was deleted', feature, steps: [deploy(form('f')), deploy(formWith('f', { label: 'Other' })), remove('form f v2'), deploy(formWith('f', { label: 'Third' })), deploy(asks('f')), create()] },
  { name: 'a form is deployed anew after its first version was deleted', feature, steps: [deploy(form('f')), deploy(formWith('f', { label: 'Other' })), remove('form f v1'), deploy(formWith('f', { label: 'Third' }))] },
  { name: 'a decision is deployed anew after its latest version was deleted', feature, deviates: NUMBERS, steps: [deploy(rule('1')), deploy(rule('2')), remove('decision d v2'), deploy(rule('3')), evaluate('d')] },
  { name: 'a decision falls back to the version before', feature, steps: [deploy(rule('1')), deploy(rule('2')), remove('decision d v2'), evaluate('d'), deploy(decides), create()] },
  { name: 'a decision that is gone is an incident', feature, deviates: NUMBERS, steps: [deploy(rule('1')), deploy(decides), remove('decision d v1'), create(), deploy(rule('3')), resolve('r')] },
  { name: 'a decision that is gone cannot be evaluated', feature, steps: [deploy(rule('1')), remove('decision d v1'), evaluate('d')] },
  { name: 'all decisions of a file go with it', feature, steps: [deploy(decisions('g', [{ id: 'd', literal: 'x', variable: 'v' }, { id: 'e', requires: ['d'], literal: 'v + 1', variable: 'w' }])), remove('decision e v1'), evaluate('d'), evaluate('e')] },
  { name: 'a process that waits for a message goes on when the version after it is deleted', feature, steps: [deploy(process('p', [start(), catchEvent('m', message('news', '="k"')), end()], ['start > m > end'])), create(), deploy(job('b')), remove('process p v2'), publish('news', 'k')] },
];
