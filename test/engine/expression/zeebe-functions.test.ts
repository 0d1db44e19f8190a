// The functions that Zeebe adds to FEEL.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine, START } from '../engine-under-test.ts';
import { evaluation, feel } from './feel.ts';

test('cycle makes a repeating interval of a duration', () => {
  expect(feel('cycle(2, duration("PT1H"))')).toBe('R2/PT1H');
  expect(feel('cycle(duration("P1Y2M"))')).toBe('R/P1Y2M');
  expect(feel('cycle(null, duration("P1D"))')).toBe('R/P1D');
  expect(feel('cycle(repetitions: 3, interval: duration("PT10M"))')).toBe('R3/PT10M');
});

test('cycle of anything else is null with a warning', () => {
  expect(evaluation('cycle("2", "PT1H")')).toMatchObject({ ok: true, value: null, warnings: [{ type: 'FUNCTION_INVOCATION_FAILURE' }] });
});

test('fromAi is its value', () => {
  expect(feel('fromAi(toolCall.city, "The city", "string")', { toolCall: { city: 'Bonn' } })).toBe('Bonn');
  expect(feel('fromAi(value: 7, type: "number")')).toBe(7);
});

test('a timer takes its cycle from the function', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('p', (p) => p.start().service('work').end().boundary('remind', 'work', { timer: { cycle: '=cycle(2, duration("PT1H"))' } }, { nonInterrupting: true }).end('reminded')));
  await engine.start('p');
  expect(engine.rows('SELECT due_at, repetitions FROM timers')).toEqual([{ due_at: START + 3_600_000, repetitions: 2 }]);
});
