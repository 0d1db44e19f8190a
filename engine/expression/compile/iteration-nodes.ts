// `for`, `some`, `every` and filters: everything that visits items, charged item by item.
import { compare as compareNumbers, isInteger, truncate } from '../value/number.ts';
import { order } from '../value/compare.ts';
import { addNanosToDate, startOfDay } from '../temporal/date-time.ts';
import { shown } from '../value/text.ts';
import { isBoolean, isContext, isDate, isList, isNumber, isRange, typeOf, type FeelList, type FeelNumber, type FeelRange, type Value } from '../value/value.ts';
import { bind, bindEntries, type Closure, type Frame } from './frame.ts';
import { child, childNamed, nameOf, NotCompilable, type Compiler, type NodeCompiler } from './node-compiler.ts';
import { LimitExceeded, spend, warn, workBudget, type Run } from './run.ts';
import { testOfItem } from './unary-tests.ts';
import type { FeelNode } from './parse-feel.ts';

type Iterator = { readonly name: string; readonly from: Closure; readonly to: Closure | undefined };
/** Visits each binding of all iterators; false from `visit` stops. Null when something to iterate over is no list. */
type Iteration = (frame: Frame, visit: (inner: Frame) => boolean) => 'visited' | null;

export const iterationNodes = {
  ForExpression(node, compiler) {
    const iteration = compileIteration(node, compiler);
    const bodyNode = child(node, node.children.length - 1);
    const body = compiler.compile(bodyNode);
    const wantsPartial = /\bpartial\b/.test(bodyNode.text);
    return (frame) => {
      const results: Value[] = [];
      const done = iteration(frame, (inner) => {
        spend(inner.run, bodyNode.weight + (wantsPartial ? results.length >> 4 : 0));
        results.push(body(wantsPartial ? bind(inner, 'partial', [...results]) : inner));
        return true;
      });
      return done === null ? null : results;
    };
  },
  QuantifiedExpression(node, compiler) {
    const decides = child(node, 0).name === 'some';
    const iteration = compileIteration(node, compiler);
    const conditionNode = child(node, node.children.length - 1);
    const condition = compiler.compile(conditionNode);
    return (frame) => {
      let result: boolean | null = !decides;
      const done = iteration(frame, (inner) => {
        spend(inner.run, conditionNode.weight);
        const value = condition(inner);
        if (value === decides) result = decides;
        else if (!isBoolean(value) && result !== decides) result = null;
        return result !== decides;
      });
      return done === null ? null : result;
    };
  },
  FilterExpression: compileFilter,
} as const satisfies Record<string, NodeCompiler>;

function compileIteration(node: FeelNode, compiler: Compiler): Iteration {
  const list = childNamed(node, 'InExpressions');
  if (list === undefined) throw new NotCompilable(`'${node.text}' iterates over nothing`);
  const iterators = list.children.filter((each) => each.name === 'InExpression').map((each): Iterator => {
    const over = child(each, 2);
    const [from, , to] = over.name === 'IterationContext' ? over.children : [over];
    if (from === undefined) throw new NotCompilable(`'${each.text}' iterates over nothing`);
    return { name: nameOf(child(each, 0)), from: compiler.compile(from), to: to === undefined ? undefined : compiler.compile(to) };
  });
  const visitFrom = (index: number, frame: Frame, visit: (inner: Frame) => boolean): 'visited' | 'stopped' | null => {
    const iterator = iterators[index];
    if (iterator === undefined) return visit(frame) ? 'visited' : 'stopped';
    const items = itemsOf(iterator, frame);
    if (items === null) return null;
    for (const item of items) {
      const found = visitFrom(index + 1, bind(frame, iterator.name, item), visit);
      if (found !== 'visited') return found;
    }
    return 'visited';
  };
  return (frame, visit) => (visitFrom(0, frame, visit) === null ? null : 'visited');
}

function itemsOf({ from, to }: Iterator, frame: Frame): Iterable<Value> | null {
  const start = from(frame);
  if (to === undefined) return isList(start) ? start : isRange(start) ? rangeItems(start, frame.run) : notIterable(start, frame.run);
  return steps(start, to(frame)) ?? notIterable(start, frame.run);
}

function rangeItems(range: FeelRange, run: Run): Iterable<Value> | null {
  const all = steps(range.start, range.end);
  if (all === null || (order(range.start, range.end) ?? 1) > 0) return notIterable(range, run);
  return withoutOpenEnds(all, range);
}

function* withoutOpenEnds(all: Iterable<Value>, range: FeelRange): Iterable<Value> {
  const same = (a: Value, b: Value): boolean => a === b || (isDate(a) && isDate(b) && startOfDay(a) === startOfDay(b));
  for (const item of all) {
    if (!range.startIncluded && same(item, range.start)) continue;
    if (!range.endIncluded && same(item, range.end)) continue;
    yield item;
  }
}

/** Whole steps from one number or date to another, up or down, made as they are visited; null for anything else. */
function steps(start: Value, end: Value): Iterable<Value> | null {
  if (isNumber(start) && isNumber(end)) return isInteger(start) && isInteger(end) ? numberSteps(start, end) : null;
  return isDate(start) && isDate(end) ? dateSteps(start, Number((startOfDay(end) - startOfDay(start)) / 86_400_000_000_000n)) : null;
}

function* numberSteps(start: FeelNumber, end: FeelNumber): Iterable<Value> {
  if (typeof start !== 'number' || typeof end !== 'number') throw new LimitExceeded(`it takes more than ${workBudget} steps`);
  const step = compareNumbers(start, end) <= 0 ? 1 : -1;
  for (let at = start; step > 0 ? at <= end : at >= end; at += step) yield at;
}

function* dateSteps(start: Value, days: number): Iterable<Value> {
  const step = days < 0 ? -1 : 1;
  for (let at = 0; at !== days + step; at += step) {
    if (isDate(start)) yield addNanosToDate(start, BigInt(at) * 86_400_000_000_000n) ?? null;
  }
}

function notIterable(value: Value, run: Run): null {
  return warn(run, 'INVALID_TYPE', () => `Expected list but found '${shown(value)}' (${typeOf(value)})`);
}

/** Whether they are an index shows only with an item. */
const neverAnIndex = new Set(['FunctionInvocation', 'Comparison', 'Conjunction', 'Disjunction', 'QuantifiedExpression', 'InstanceOfExpression']);

function compileFilter(node: FeelNode, compiler: Compiler): Closure {
  const target = compiler.compile(child(node, 0));
  const filterNode = child(node, 2);
  const isTest = filterNode.name === 'SimplePositiveUnaryTest';
  const filter = isTest ? testOfItem(filterNode, compiler) : compiler.compile(filterNode);
  const mayIndex = !isTest && !neverAnIndex.has(filterNode.name);
  return (frame) => {
    const found = target(frame);
    if (found === null) return null;
    const list = isList(found) ? found : [found];
    if (mayIndex) {
      const index = withoutWarnings(frame, filter);
      if (isNumber(index)) return itemAt(list, index);
      if (filterNode.name === 'null') return null;
    }
    return filterItems(list, filter, filterNode.weight, frame);
  };
}

/** An index is asked for before any item is known; what it misses then is no fault yet. */
function withoutWarnings(frame: Frame, closure: Closure): Value {
  const kept = frame.run.warnings.length;
  const value = closure(frame);
  frame.run.warnings.length = kept;
  return value;
}

function filterItems(list: FeelList, filter: Closure, weight: number, frame: Frame): Value {
  const kept: Value[] = [];
  for (const [position, item] of list.entries()) {
    spend(frame.run, weight);
    const named = bind(frame, 'item', item);
    const value = filter(isContext(item) ? bindEntries(named, item) : named);
    if (position === 0 && isNumber(value)) return itemAt(list, value);
    if (value === true) kept.push(item);
  }
  return kept;
}

/** From 1; from the end when negative; null beyond the list. */
export function itemAt(list: FeelList, index: FeelNumber): Value {
  const at = truncate(index);
  return list[at > 0 ? at - 1 : list.length + at] ?? null;
}
