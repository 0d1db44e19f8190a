// Functions of strings; positions count characters (code points) from 1.
import { randomUUID } from 'node:crypto';
import { isNumber, isString } from '../value/value.ts';
import { truncate } from '../value/number.ts';
import { spend, spendText } from '../compile/run.ts';
import { allMatches, replaceMatches, someMatch, splitByMatches } from './pattern.ts';
import { builtin, type Builtin } from './builtin.ts';

const ofText = (parameter: string, apply: (text: string) => string | number | boolean): Builtin =>
  builtin([parameter], ([text]) => (isString(text) ? apply(text) : undefined));
const ofTwo = (apply: (text: string, match: string) => string | boolean): Builtin =>
  builtin(['string', 'match'], ([text, match]) => (isString(text) && isString(match) ? apply(text, match) : undefined));

/** The part from a position (negative: from the end) of a length; null for a position outside. */
function substring(text: string, start: number, length: number): string | null {
  const characters = Array.from(text);
  const from = start > 0 ? start - 1 : characters.length + start;
  if (start === 0 || from < 0 || from > characters.length || length < 0) return null;
  return characters.slice(from, from + length).join('');
}

export const stringBuiltins = {
  substring: [
    builtin(['string', 'start position'], ([text, start]) => (isString(text) && isNumber(start) ? substring(text, truncate(start), Infinity) ?? undefined : undefined)),
    builtin(['string', 'start position', 'length'], ([text, start, length]) =>
      isString(text) && isNumber(start) && isNumber(length) ? substring(text, truncate(start), truncate(length)) ?? undefined : undefined),
  ],
  'string length': [ofText('string', (text) => Array.from(text).length)],
  'upper case': [ofText('string', (text) => text.toUpperCase())],
  'lower case': [ofText('string', (text) => text.toLowerCase())],
  'substring before': [ofTwo((text, match) => text.slice(0, Math.max(0, text.indexOf(match))))],
  'substring after': [ofTwo((text, match) => (text.includes(match) ? text.slice(text.indexOf(match) + match.length) : ''))],
  contains: [ofTwo((text, match) => text.includes(match))],
  'starts with': [ofTwo((text, match) => text.startsWith(match))],
  'ends with': [ofTwo((text, match) => text.endsWith(match))],
  trim: [ofText('string', (text) => text.trim())],
  'is blank': [ofText('string', (text) => text.trim() === '')],
  'to base64': [ofText('value', (text) => Buffer.from(text, 'utf8').toString('base64'))],
  'from base64': [builtin(['value'], ([text]) => (isString(text) && /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, 'base64').toString('utf8') : undefined))],
  uuid: [builtin([], (_, { environment: { random } }) => (random === undefined ? randomUUID() : uuidFrom(random)))],
  matches: [
    builtin(['input', 'pattern'], ([input, pattern], run) => (isString(input) && isString(pattern) ? someMatch({ input, pattern, flags: '', run }) : undefined)),
    builtin(['input', 'pattern', 'flags'], ([input, pattern, flags], run) =>
      isString(input) && isString(pattern) && (isString(flags) || flags === null) ? someMatch({ input, pattern, flags: flags ?? '', run }) : undefined),
  ],
  replace: [
    builtin(['input', 'pattern', 'replacement'], ([input, pattern, replacement], run) =>
      isString(input) && isString(pattern) && isString(replacement) ? replaceMatches({ input, pattern, flags: '', run }, replacement) : undefined),
    builtin(['input', 'pattern', 'replacement', 'flags'], ([input, pattern, replacement, flags], run) =>
      isString(input) && isString(pattern) && isString(replacement) && (isString(flags) || flags === null)
        ? replaceMatches({ input, pattern, flags: flags ?? '', run }, replacement)
        : undefined),
  ],
  split: [
    builtin(['string', 'delimiter'], ([input, pattern], run) => (isString(input) && isString(pattern) ? splitByMatches({ input, pattern, flags: '', run }) : undefined)),
  ],
  extract: [
    builtin(['input', 'pattern'], ([input, pattern], run) => (isString(input) && isString(pattern) ? allMatches({ input, pattern, flags: '', run }) : undefined)),
    builtin(['string', 'pattern'], ([input, pattern], run) => (isString(input) && isString(pattern) ? allMatches({ input, pattern, flags: '', run }) : undefined)),
  ],
  'string join': [
    builtin(['list'], ([list], run) => join(list, '', '', '', run)),
    builtin(['list', 'delimiter'], ([list, delimiter], run) => join(list, delimiter, '', '', run)),
    builtin(['list', 'delimiter', 'prefix', 'suffix'], ([list, delimiter, prefix, suffix], run) => join(list, delimiter, prefix, suffix, run)),
  ],
} as const satisfies Record<string, readonly Builtin[]>;

type Given = Parameters<Builtin['invoke']>[0][number] | undefined;
type GivenRun = Parameters<Builtin['invoke']>[1];

/** Nulls are left out; anything else that is no string has no text. */
function join(list: Given, delimiter: Given, prefix: Given, suffix: Given, run: GivenRun): string | undefined {
  const items: readonly Given[] | undefined = isString(list) ? [list] : Array.isArray(list) ? (list as readonly Given[]) : undefined;
  if (items === undefined || ![delimiter, prefix, suffix].every((part) => part === null || isString(part))) return undefined;
  const texts = items.filter((item) => item !== null);
  if (!texts.every(isString)) return undefined;
  const between = isString(delimiter) ? delimiter : '';
  spend(run, texts.length);
  spendText(run, texts.reduce((length, text) => length + text.length + between.length, 0));
  return `${isString(prefix) ? prefix : ''}${texts.join(between)}${isString(suffix) ? suffix : ''}`;
}

function uuidFrom(random: () => number): string {
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => Math.floor(random() * 16).toString(16));
}
