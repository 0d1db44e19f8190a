// Scenarios of timers: dates, durations, cycles; catch, boundary, start.
import { process, subProcess } from '../scenario/diagram.ts';
import { boundary, catchEvent, cycle, date, duration, end, parallel, service, start, userTask } from '../scenario/elements.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { cancel, complete, create, deploy, pass, resolve, set } from './steps.ts';

const waits = (trigger: ReturnType<typeof duration>) => deploy(process('p', [start(), catchEvent('w', trigger), end()], ['start > w > end']));
const bounded = (trigger: ReturnType<typeof duration>, nonInterrupting: boolean) => deploy(process('p', [start(), service('t'), boundary('b', 't', trigger, { nonInterrupting }), service('after'), end(), end('e2')], ['start > t > end', 'b > after > e2']));
const began = (trigger: ReturnType<typeof duration>) => deploy(process('p', [start('start', trigger), service('t'), end()], ['start > t > end']));

export const timerScenarios: readonly Scenario[] = [
  { name: 'waits for a duration', feature: 'timer catch event', steps: [waits(duration('PT1H')), create(), pass(3599), pass(2)] },
  { name: 'waits for a duration from an expression', feature: 'timer catch event', steps: [waits(duration('=d')), create({ d: 'P1DT2H' }), create({ d: 'P1M' }), pass(60), pass(100_000)] },
  { name: 'waits for a duration that FEEL calculates', feature: 'timer catch event', steps: [waits(duration('=duration("PT1H") * 2')), create(), pass(7201)] },
  { name: 'waits until a date', feature: 'timer catch event', steps: [waits(date('=at')), create({ at: '2030-01-01T12:00:00Z' }), create({ at: '2030-01-01T12:00:00+02:00' }), create({ at: '2030-01-01T13:00:00[Europe/Berlin]' }), pass(1), pass(7200)] },
  { name: 'waits until a date that FEEL calculates', feature: 'timer catch event', steps: [waits(date('=date and time("2030-01-01T10:00:00Z") + duration("PT30M")')), create(), pass(1801)] },
  { name: 'raises an incident when the duration is no duration', feature: 'timer catch event', steps: [waits(duration('=d')), create({ d: 'soon' }), set({ d: 'PT1H' }), resolve('w'), pass(3601)] },
  { name: 'raises an incident when the duration is null', feature: 'timer catch event', steps: [waits(duration('=d')), create({}), cancel] },
  { name: 'raises an incident when the date is no date', feature: 'timer catch event', steps: [waits(date('=d')), create({ d: 'tomorrow' }), cancel] },
  { name: 'fires at once when the duration is negative', feature: 'timer catch event', steps: [waits(duration('=d')), create({ d: '-PT1H' }), create({ d: 'PT0S' }), pass(1)] },
  { name: 'ends the timer when the instance is cancelled', feature: 'timer catch event', steps: [waits(duration('PT1H')), create(), cancel, pass(4000)] },
  { name: 'interrupts a task after a duration', feature: 'timer boundary event', steps: [bounded(duration('PT1H'), false), create(), pass(3601), complete('t'), complete('after')] },
  { name: 'ends the timer when the task is done', feature: 'timer boundary event', steps: [bounded(duration('PT1H'), false), create(), complete('t'), pass(3601)] },
  { name: 'starts a branch beside a task after a duration', feature: 'timer boundary event', steps: [bounded(duration('PT1H'), true), create({ x: 1 }), pass(3601), pass(3601), complete('t'), complete('after')] },
  { name: 'starts a branch each time a cycle turns', feature: 'timer cycle', steps: [bounded(cycle('R3/PT1H'), true), create(), pass(3601), pass(3600), pass(3600), pass(3600), complete('t')] },
  { name: 'turns an endless cycle', feature: 'timer cycle', steps: [bounded(cycle('R/PT10M'), true), create(), pass(601), pass(600), pass(600), complete('t'), pass(600)] },
  { name: 'makes up for the turns of a cycle that were missed', feature: 'timer cycle', steps: [bounded(cycle('R/PT10M'), true), create(), pass(1_900), pass(1), pass(1), pass(1), complete('t')] },
  { name: 'makes up for the turns of a cron expression that were missed', feature: 'timer cycle', steps: [bounded(cycle('0 */10 * * * *'), true), create(), pass(1_900), pass(1), pass(800), complete('t')] },
  { name: 'makes up for the turns of a counted cycle that were missed', feature: 'timer cycle', steps: [bounded(cycle('R3/PT10M'), true), create(), pass(4_000), pass(1), pass(601), complete('t')] },
  { name: 'turns a cycle from a start on', feature: 'timer cycle', steps: [bounded(cycle('R2/2030-01-01T12:00:00Z/PT1H'), true), create(), pass(7201), pass(3600), pass(3600), complete('t')] },
  { name: 'turns by a cron expression', feature: 'timer cycle', steps: [bounded(cycle('0 0 */2 * * *'), true), create(), pass(7201), pass(7200), complete('t')] },
  { name: 'takes a cycle from an expression', feature: 'timer cycle', steps: [bounded(cycle('=cycle(2, duration("PT1H"))'), true), create(), pass(3601), pass(3600), pass(3600)] },
  { name: 'raises an incident when the cycle is no cycle', feature: 'timer cycle', steps: [bounded(cycle('=c'), true), create({ c: 'often' }), set({ c: 'R1/PT1H' }), resolve('t'), pass(3601)] },
  { name: 'raises an incident when the duration of a boundary event fails', feature: 'timer boundary event', steps: [bounded(duration('=d'), false), create(), set({ d: 'PT1H' }), resolve('t'), pass(3601)] },
  { name: 'interrupts a sub-process with all that is in it', feature: 'timer boundary event', steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), parallel('fork'), service('a'), catchEvent('w', duration('PT2H')), end('out')], ['in > fork > a > out', 'fork > w > out']), boundary('b', 'sub', duration('PT1H')), service('after'), end()], ['start > sub > end', 'b > after > end'])), create(), pass(3601), pass(3600), complete('a'), complete('after')] },
  { name: 'waits for the branch of a non-interrupting event', feature: 'timer boundary event', steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), service('t'), end('out')], ['in > t > out']), boundary('b', 'sub', duration('PT1H'), { nonInterrupting: true }), service('remind'), end(), end('e2')], ['start > sub > end', 'b > remind > e2'])), create(), pass(3601), complete('t'), complete('remind')] },
  { name: 'starts instances by a cycle', feature: 'timer start event', steps: [began(cycle('R2/PT1H')), pass(3601), pass(3600), pass(3600)] },
  { name: 'starts an instance at a date', feature: 'timer start event', steps: [began(date('2030-01-01T11:00:00Z')), pass(3601), pass(3600)] },
  { name: 'starts instances by a cron expression', feature: 'timer start event', steps: [began(cycle('0 30 11 * * *')), pass(5401), pass(86_400)] },
  { name: 'starts instances by a cron expression for certain days', feature: 'timer start event', steps: [began(cycle('0 0 9 * * MON-FRI')), pass(82_801), pass(4 * 86_400), pass(86_400)] },
  { name: 'starts instances by a named cron expression', feature: 'timer start event', steps: [began(cycle('@daily')), pass(50_401), pass(86_400)] },
  { name: 'starts instances by a cycle from a start on', feature: 'timer start event', steps: [began(cycle('R2/2030-01-01T12:00:00Z/PT1H')), pass(3601), pass(3600), pass(3600), pass(3600)] },
  { name: 'starts instances by a cycle from a start on with an offset', feature: 'timer start event', steps: [began(cycle('R/2030-01-01T14:00:00+02:00/P1D')), pass(7201), pass(86_400)] },
  { name: 'starts an instance at a date with an offset', feature: 'timer start event', steps: [began(date('2030-01-01T13:00:00+02:00')), pass(3599), pass(2)] },
  { name: 'starts an instance at a date in a time zone', feature: 'timer start event', steps: [began(date('2030-01-01T12:00:00+01:00[Europe/Berlin]')), pass(3599), pass(2)] },
  { name: 'starts an instance at a date that is over', feature: 'timer start event', steps: [began(date('2029-01-01T12:00:00Z')), pass(1)] },
  { name: 'starts instances from an expression of a start event', feature: 'timer start event', steps: [began(cycle('=cycle(duration("PT1H"))')), pass(3601), pass(3600)] },
  { name: 'starts an instance at a date that FEEL calculates', feature: 'timer start event', steps: [began(date('=date and time("2030-01-01T11:00:00Z")')), pass(3601)] },
  { name: 'waits until dates in time zones', feature: 'timer time zones', steps: [waits(date('=at')), create({ at: '2030-01-01T13:00:00+01:00[Europe/Berlin]' }), create({ at: '2030-07-01T12:00:00+02:00[Europe/Berlin]' }), create({ at: '2030-01-01T06:00:00-05:00' }), pass(3601), pass(3600)] },
  { name: 'waits until a date of FEEL in a time zone', feature: 'timer time zones', steps: [waits(date('=date and time("2030-01-01T13:00:00@Europe/Berlin")')), create(), pass(7199), pass(2)] },
  { name: 'takes the due date of a task without a zone for none', feature: 'timer time zones', steps: [deploy(process('p', [start(), userTask('u', { due: '=d' }), end()], ['start > u > end'])), create({ d: '2030-01-02T10:00:00' }), create({ d: '2030-01-02' }), create({ d: '2030-01-02T10:00:00+01:00[Europe/Berlin]' })] },
  { name: 'refuses a static date without a zone', feature: 'timer time zones', steps: [waits(date('2030-01-01T11:00:00'))] },
  { name: 'refuses a task whose static due date has no zone', feature: 'timer time zones', steps: [deploy(process('p', [start(), userTask('u', { due: '2030-01-02T10:00:00' }), end()], ['start > u > end']))] },
  { name: 'refuses a cycle whose start has no zone', feature: 'timer time zones', steps: [deploy(process('p', [start('start', cycle('R2/2030-01-01T12:00:00/PT1H')), end()], ['start > end']))] },
  { name: 'waits until a local date that FEEL calculates', feature: 'timer time zones', steps: [waits(date('=date and time("2030-01-01T11:00:00")')), create(), pass(3601)] },
  { name: 'waits until a date without a zone', feature: 'timer time zones', steps: [waits(date('=at')), create({ at: '2030-01-01T11:00:00' }), pass(3601)] },
  { name: 'takes a duration in months and days from an expression of FEEL', feature: 'timer catch event', steps: [waits(duration('=d')), create({ d: 'P1M2DT3H' }), pass(86_400 * 33), pass(86_400)] },
  { name: 'turns a cycle by months', feature: 'timer cycle', steps: [bounded(cycle('R3/P1M'), true), create(), pass(86_400 * 31), pass(86_400 * 28), pass(86_400 * 31), complete('t')] },
  { name: 'turns a cycle from a start on in a time zone', feature: 'timer time zones', steps: [bounded(cycle('R2/2030-01-01T13:00:00+01:00[Europe/Berlin]/PT1H'), true), create(), pass(7201), pass(3600), pass(3600), complete('t')] },
  { name: 'turns by a cron expression from a variable', feature: 'timer cycle', steps: [bounded(cycle('=c'), true), create({ c: '0 0 12 * * *' }), pass(7201), pass(86_400), complete('t')] },
  { name: 'raises an incident when a cron expression is none', feature: 'timer cycle', steps: [bounded(cycle('=c'), true), create({ c: '0 0 25 * * *' }), set({ c: '0 0 12 * * *' }), resolve('t'), pass(7201)] },
  { name: 'turns by a cron expression at the last day of a month', feature: 'timer cycle', steps: [bounded(cycle('0 0 12 L * *'), true), create(), pass(86_400 * 31), pass(86_400 * 28), complete('t')] },
  { name: 'starts instances of the latest version only', feature: 'timer start event', steps: [began(cycle('R/PT1H')), deploy(process('p', [start('start', cycle('R/PT2H')), service('t2'), end()], ['start > t2 > end'])), pass(3601), pass(3600)] },
];
