// Regular expressions of FEEL's string functions, with a time limit: a pattern that explodes cannot hang the engine.
import { createContext, Script } from 'node:vm';
import { LimitExceeded, spend, spendText, type Run } from '../compile/run.ts';
import { failure, type CallOutcome } from './builtin.ts';

type Search = { readonly input: string; readonly pattern: string; readonly flags: string; readonly run: Run };
/** Milliseconds of the processor's time in which a pattern must be done. */
export const timeLimit = 100;
/** What a millisecond in a pattern costs of the evaluation's budget. */
const stepsPerMillisecond = 4000;
const cache = new Map<string, RegExp | string>();
const cacheSize = 500;

/** Whether the pattern occurs in the input. */
export const someMatch = (search: Search): boolean | CallOutcome => withPattern(search, '', (pattern) => guarded(search, pattern, 'test'));

/** The input with each match replaced; `$1` and `${name}` stand for groups. */
export function replaceMatches(search: Search, replacement: string): string | CallOutcome {
  return withPattern(search, 'g', (pattern) => {
    const result = guarded(search, pattern, 'replace', replacementText(replacement));
    spendText(search.run, result.length);
    return result;
  });
}

/** The parts between matches, empty ones included. */
export const splitByMatches = (search: Search): readonly string[] | CallOutcome => withPattern(search, '', (pattern) => counted(search.run, guarded(search, pattern, 'split')));

/** The matches. */
export const allMatches = (search: Search): readonly string[] | CallOutcome => withPattern(search, 'g', (pattern) => counted(search.run, guarded(search, pattern, 'match')));

function counted(run: Run, texts: readonly string[]): readonly string[] {
  spend(run, texts.length);
  return texts;
}

function withPattern<T>(search: Search, mode: '' | 'g', use: (pattern: RegExp) => T): T | CallOutcome {
  const key = `${mode}/${search.flags}/${search.pattern}`;
  let found = cache.get(key);
  if (found === undefined) {
    found = compilePattern(search.pattern, search.flags, mode);
    if (cache.size >= cacheSize) cache.clear();
    cache.set(key, found);
  }
  return typeof found === 'string' ? failure(found) : use(found);
}

/** FEEL's flags are those of XPath: s, m, i, x, q. */
function compilePattern(pattern: string, flags: string, mode: string): RegExp | string {
  if (/[^smixq]/.test(flags)) return `Invalid flags '${flags}': only s, m, i, x and q are known`;
  const literal = flags.includes('q') ? pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : pattern;
  const source = flags.includes('x') && !flags.includes('q') ? withoutSpaces(literal) : literal;
  try {
    return new RegExp(source, `u${mode}${['s', 'm', 'i'].filter((flag) => flags.includes(flag)).join('')}`);
  } catch (error) {
    return `Invalid pattern '${pattern}': ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** XPath's `x`: white space counts only inside a character class. */
const withoutSpaces = (pattern: string): string => pattern.replace(/(\\\S|\[(?:\\.|[^\]])*\])|\s+/gs, (_, kept: string | undefined) => kept ?? '');

/** Java's replacement text to JavaScript's: `$0`, `${name}` and backslash escapes. */
const replacementText = (text: string): string =>
  text.replace(/\\(.)|\$0|\$\{(\w+)\}/gs, (_, escaped: string | undefined, name: string | undefined) =>
    escaped !== undefined ? (escaped === '$' ? '$$' : escaped) : name !== undefined ? `$<${name}>` : '$&');

type Actions = { test: boolean; replace: string; split: readonly string[]; match: readonly string[] };
const actions: { readonly [K in keyof Actions]: (pattern: RegExp, input: string, replacement: string) => Actions[K] } = {
  test: (pattern, input) => pattern.test(input),
  replace: (pattern, input, replacement) => input.replace(pattern, replacement),
  split: (pattern, input) => input.split(pattern),
  match: (pattern, input) => input.match(pattern) ?? [],
};

/** At most one repetition, of one character or class, and no back-reference: the work grows no faster than the input's square. */
const isTame = (source: string): boolean => (source.match(/[*+{]/g) ?? []).length <= 1 && !/\)[*+{?]|\\[1-9k]/.test(source);

/** Runs tame patterns directly; all others in a script that the machine stops when its time is over. */
function guarded<K extends keyof Actions>({ input, run }: Search, pattern: RegExp, action: K, replacement = ''): Actions[K] {
  spend(run, input.length >> 2);
  const act = (): Actions[K] => actions[action](pattern, input, replacement);
  if (isTame(pattern.source) && input.length <= 2000) return act();
  const start = ownMilliseconds();
  const result = withTimeLimit(act, pattern);
  spend(run, Math.ceil((ownMilliseconds() - start) * stepsPerMillisecond));
  return result;
}

/** What this thread has used of the processor: on a busy machine a pattern is not blamed for the time in which others run. */
function ownMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const sandbox = createContext({ act: undefined as unknown });
const script = new Script('act()');

/** Stopped after the wall time, it is begun again with twice as much as long as it has not had the processor for its limit. */
function withTimeLimit<T>(act: () => T, pattern: RegExp, timeout = timeLimit): T {
  sandbox['act'] = act;
  const start = ownMilliseconds();
  try {
    return script.runInContext(sandbox, { timeout }) as T;
  } catch (error) {
    if (isTimeout(error) && ownMilliseconds() - start < timeLimit * 0.9) return withTimeLimit(act, pattern, timeout * 2);
    if (isTimeout(error)) throw new LimitExceeded(`the pattern '${pattern.source}' takes more than ${timeLimit} ms; write it without nested repetitions`);
    throw error;
  } finally {
    sandbox['act'] = undefined;
  }
}

const isTimeout = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
