// The examples of Camunda's own list of FEEL built-ins, and those that cannot be compared, each with its reason.
import { camundaBuiltins } from '@camunda/feel-builtins';
import { compileFeel, evaluate } from '../../../engine/expression/index.ts';

/** The day on which the documentation was written, by its examples. */
const environment = { now: Date.parse('2020-07-31T12:27:30Z'), timeZone: 'Europe/Berlin' };

export type Example = { readonly name: string; readonly expression: string; readonly result: string };

/** Examples whose printed result is a remark, depends on the moment, or differs; each with its reason. */
export const notCompared: Readonly<Record<string, string>> = {
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

function examplesOf(name: string, info: string): Example[] {
  return [...info.matchAll(/<code class="language-feel">([\s\S]*?)<\/code>/g)].flatMap(([, code = '']) =>
    [...decode(code).matchAll(/((?:^(?!\/\/).*\n)+)((?:^\/\/.*(?:\n|$))+)/gm)].map(([, expression = '', result = '']) => ({
      name, expression: expression.trim(), result: result.replace(/^\/\/ ?/gm, '').trim(),
    })));
}

/** What our FEEL makes of a text at that day; an object with `error` when it is no FEEL. */
export function valueOf(source: string): unknown {
  const compiled = compileFeel(source);
  return 'error' in compiled ? compiled : evaluate(compiled, {}, environment);
}

export const examples: readonly Example[] = camundaBuiltins.flatMap(({ name, info }) => examplesOf(name, info ?? ''));
