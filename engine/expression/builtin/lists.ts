// Functions that look into lists and make new ones; positions from 1, from the end when negative.
import { equal } from '../value/compare.ts';
import { truncate } from '../value/number.ts';
import { isFunction, isList, isNumber, type FeelFunction, type FeelList, type FeelNumber, type Value } from '../value/value.ts';
import { deeper, spend, type Run } from '../compile/run.ts';
import { builtin, failure, variadic, type Builtin, type CallOutcome } from './builtin.ts';

const ofList = (apply: (list: FeelList, run: Run) => Value | undefined): Builtin => builtin(['list'], ([list], run) => (isList(list) ? apply(list, run) : undefined));

/** The index of a position, which may be one past the last item. */
const indexOf = (list: FeelList, position: FeelNumber): number => {
  const at = truncate(position);
  return at > 0 ? at - 1 : list.length + at;
};
const isInside = (list: FeelList, position: FeelNumber): boolean => {
  const at = truncate(position);
  return at !== 0 && Math.abs(at) <= list.length;
};

const asList = (value: Value): FeelList => (isList(value) ? value : [value]);

function includes(list: FeelList, item: Value, run: Run): boolean {
  spend(run, list.length);
  return list.some((each) => equal(each, item, run) === true);
}

function distinct(list: FeelList, run: Run): Value[] {
  const kept: Value[] = [];
  const scalars = new Set<Value>();
  for (const item of list) {
    if (item === null || typeof item !== 'object') {
      if (scalars.has(item)) continue;
      scalars.add(item);
    }
    if (typeof item === 'object' && includes(kept, item, run)) continue;
    kept.push(item);
  }
  return kept;
}

function duplicates(list: FeelList, run: Run): Value[] {
  return distinct(list, run).filter((item) => {
    spend(run, list.length);
    return list.filter((each) => equal(each, item, run) === true).length > 1;
  });
}

function flatten(list: FeelList, run: Run): Value[] {
  spend(run, list.length);
  return deeper(run, () => list.flatMap((item) => (isList(item) ? flatten(item, run) : [item])));
}

function concatenated(lists: Value | undefined, run: Run): Value[] | undefined {
  if (!isList(lists)) return undefined;
  spend(run, lists.reduce<number>((length, list) => length + asList(list).length, 0));
  return lists.flatMap((list) => asList(list));
}

function sublist(list: FeelList, position: FeelNumber, length: number): Value | undefined {
  return isInside(list, position) && length >= 0 ? list.slice(indexOf(list, position), indexOf(list, position) + length) : undefined;
}

class NoOrder extends Error {}

function sorted(list: FeelList, precedes: FeelFunction, run: Run): Value | CallOutcome {
  if (precedes.parameters.length !== 2) return failure(`expected a boolean function with 2 arguments but found '${precedes.parameters.length}'`);
  const isBefore = (a: Value, b: Value): boolean => {
    const found = precedes.invoke([a, b], run);
    if (typeof found !== 'boolean') throw new NoOrder();
    return found;
  };
  try {
    return list.toSorted((a, b) => (isBefore(a, b) ? -1 : isBefore(b, a) ? 1 : 0));
  } catch (error) {
    if (error instanceof NoOrder) return failure('the precedes function gave no boolean');
    throw error;
  }
}

function partition(list: FeelList, size: number): Value | CallOutcome {
  if (size < 1) return failure(`'size' should be greater than zero but was '${size}'`);
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
}

const replaceAt = (list: FeelList, position: FeelNumber, item: Value): Value => list.with(indexOf(list, position), item);

function replaceWhere(list: FeelList, matches: FeelFunction, item: Value, run: Run): Value | undefined {
  if (matches.parameters.length !== 2) return undefined;
  const found = list.map((each) => matches.invoke([each, item], run));
  return found.every((each) => typeof each === 'boolean') ? list.map((each, index) => (found[index] === true ? item : each)) : undefined;
}

export const listBuiltins = {
  'list contains': [builtin(['list', 'element'], ([list, element = null], run) => (isList(list) ? includes(list, element, run) : undefined))],
  count: [variadic(['list'], ([list]) => (isList(list) ? list.length : undefined))],
  'is empty': [ofList((list) => list.length === 0)],
  sublist: [
    builtin(['list', 'start position'], ([list, start]) => (isList(list) && isNumber(start) ? sublist(list, start, Infinity) : undefined)),
    builtin(['list', 'start position', 'length'], ([list, start, length]) =>
      isList(list) && isNumber(start) && isNumber(length) ? sublist(list, start, truncate(length)) : undefined),
  ],
  append: [variadic(['list', 'items'], ([list, items]) => (isList(list) && isList(items) ? [...list, ...items] : undefined))],
  concatenate: [variadic(['lists'], ([lists], run) => concatenated(lists, run))],
  'insert before': [
    builtin(['list', 'position', 'newItem'], ([list, position, item = null]) =>
      isList(list) && isNumber(position) && (isInside(list, position) || (list.length === 0 && truncate(position) === 1)) ? list.toSpliced(indexOf(list, position), 0, item) : undefined),
  ],
  remove: [builtin(['list', 'position'], ([list, position]) => (isList(list) && isNumber(position) && isInside(list, position) ? list.toSpliced(indexOf(list, position), 1) : undefined))],
  reverse: [ofList((list) => list.toReversed())],
  'index of': [
    builtin(['list', 'match'], ([list, match = null], run) =>
      isList(list) ? list.flatMap((item, index) => (equal(item, match, run) === true ? [index + 1] : [])) : undefined),
  ],
  union: [variadic(['list'], ([lists], run) => union(lists, run)), variadic(['lists'], ([lists], run) => union(lists, run))],
  'distinct values': [ofList(distinct)],
  'duplicate values': [ofList(duplicates)],
  flatten: [ofList(flatten)],
  sort: [
    builtin(['list', 'precedes'], ([list, precedes], run) => (isList(list) && isFunction(precedes) ? sorted(list, precedes, run) : undefined)),
  ],
  partition: [builtin(['list', 'size'], ([list, size]) => (isList(list) && isNumber(size) ? partition(list, truncate(size)) : undefined))],
  'list replace': [
    builtin(['list', 'position', 'newItem'], ([list, position, item = null], run) => {
      if (!isList(list)) return undefined;
      if (isFunction(position)) return replaceWhere(list, position, item, run);
      return isNumber(position) && isInside(list, position) ? replaceAt(list, position, item) : undefined;
    }),
    builtin(['list', 'match', 'newItem'], ([list, match, item = null], run) => (isList(list) && isFunction(match) ? replaceWhere(list, match, item, run) : undefined)),
  ],
} as const satisfies Record<string, readonly Builtin[]>;

function union(lists: Value | undefined, run: Run): Value | undefined {
  const all = concatenated(lists, run);
  return all === undefined ? undefined : distinct(all, run);
}
