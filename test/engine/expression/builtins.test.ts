// Every function that Camunda's own list names, with the examples of its documentation.
import { camundaBuiltins } from '@camunda/feel-builtins';
import { describe, expect, it } from 'vitest';
import { findBuiltin } from '../../../engine/expression/builtin/registry.ts';
import { examples, notCompared, valueOf as value } from './builtin-examples.ts';

describe('built-in functions', () => {
  it.each(camundaBuiltins.map(({ name, params }) => ({ name, parameters: (params ?? []).map((parameter) => parameter.name) })))(
    'has $name($parameters)',
    ({ name, parameters }) => expect(findBuiltin(name, parameters.length)).toBeDefined(),
  );

  it.each(examples.filter(({ expression }) => !(expression in notCompared)))('gives the documented result of $expression', ({ expression, result }) => {
    expect(value(expression)).toMatchObject({ ok: true, value: (value(result) as { value: unknown }).value });
  });

  it('compares nearly all documented examples, and each exception is one of them', () => {
    expect(examples.length).toBeGreaterThan(260);
    expect(Object.keys(notCompared).filter((expression) => !examples.some((example) => example.expression === expression))).toEqual([]);
  });

  it('answers the examples that are told by remarks', () => {
    expect(value('is defined(x)')).toMatchObject({ value: false });
    expect(value('is defined(null)')).toMatchObject({ value: false });
    expect(value('abs(@"-PT5H") = @"PT5H"')).toMatchObject({ value: true });
    expect(value('last day of month(date("2022-10-01"))')).toMatchObject({ value: '2022-10-31' });
    expect(value('string length(uuid())')).toMatchObject({ value: 36 });
    expect(value('random number() between 0 and 1')).toMatchObject({ value: true });
  });
});
