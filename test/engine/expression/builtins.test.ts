// Every function that Camunda's own list names, with the examples of its documentation.
import { camundaBuiltins } from '@camunda/feel-builtins';
import { describe, expect, it } from 'vitest';
import { compileFeel, evaluate } from '../../../engine/expression/index.ts';
import { findBuiltin } from '../../../engine/expression/builtin/registry.ts';

/** The day on which the documentation was written, by its examples. */
const environment = { now: Date.parse('2020-07-31T12:27:30Z'), timeZone: 'Europe/Berlin' };

type Example = { readonly expression: string; readonly result: string };

/** Examples whose printed result is a remark, depends on the moment, or differs; each with its reason. */
const notCompared: Readonly<Record<string, string>> = {
  'random number()': 'is random',
  'uuid()': 'is random',
  'is defined(x)': 'the result is a remark',
  'is defined(x.y)': 'the result is a remark',
  'assert(x, x != null)': 'the result is a remark',
  'assert(x, x >= 0)': 'the result is a remark',
  'assert(x, x != null, "\'x\' should not be null")': 'the result is a remark',
  'assert(x, x >= 0, "\'x\' should be positive")': 'the result is a remark',
  'abs(duration("-PT5H"))': 'the documentation quotes the result as a text',
  'abs(duration("PT5H"))': 'the documentation quotes the result as a text',
  'last day of month(date("2022-10-01"))': 'the result has a parenthesis too many',
  'last day of month(date and time("2022-10-16T12:00:00"))': 'the result has a parenthesis too many',
  'date and time(@"2020-07-31T14:27:30", "Z")': "the documentation assumes its author's zone; the engine's code takes the local time to be in the zone given",
  'round up(5.5)': 'the function takes two parameters, also in the engine that the documentation describes',
  'round up(-5.5)': 'the function takes two parameters, also in the engine that the documentation describes',
};

const decode = (html: string): string =>
  html.replace(/<[^>]+>/g, '').replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#39;', "'").replaceAll('&amp;', '&');

function examplesOf(info: string): Example[] {
  return [...info.matchAll(/<code class="language-feel">([\s\S]*?)<\/code>/g)].flatMap(([, code = '']) =>
    [...decode(code).matchAll(/((?:^(?!\/\/).*\n)+)((?:^\/\/.*(?:\n|$))+)/gm)].map(([, expression = '', result = '']) => ({
      expression: expression.trim(),
      result: result.replace(/^\/\/ ?/gm, '').trim(),
    })));
}

function value(source: string): unknown {
  const compiled = compileFeel(source);
  if ('error' in compiled) return compiled;
  return evaluate(compiled, {}, environment);
}

const examples = camundaBuiltins.flatMap(({ name, info }) => examplesOf(info ?? '').map((example) => ({ name, ...example })));

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
