// What a table makes of the rules that matched: one value, several, or an aggregate.
import { add, equal, isContext, isNumber, newContext, order, shown, type FeelNumber, type Run, type Value } from '../expression/values.ts';

const hitPolicies = ['UNIQUE', 'FIRST', 'ANY', 'PRIORITY', 'RULE ORDER', 'OUTPUT ORDER', 'COLLECT'] as const;
export type HitPolicy = (typeof hitPolicies)[number];
const aggregators = ['SUM', 'MIN', 'MAX', 'COUNT'] as const;
export type Aggregator = (typeof aggregators)[number];

export const isHitPolicy = (text: string): text is HitPolicy => hitPolicies.some((known) => known === text);
export const isAggregator = (text: string): text is Aggregator => aggregators.some((known) => known === text);

/** A matched rule's values by output. */
export type Hit = { readonly ruleIndex: number; readonly values: readonly Value[] };
export type Hits = {
  readonly names: readonly string[];
  readonly hits: readonly Hit[];
  /** Per output its allowed values, highest priority first. */
  readonly priorities: readonly (readonly Value[])[];
  readonly run: Run;
};
type Outcome = { readonly value: Value } | { readonly error: string };

/** The table's value from at least one hit. */
export function applyHitPolicy(policy: HitPolicy, aggregator: Aggregator | undefined, found: Hits): Outcome {
  const { hits } = found;
  switch (policy) {
    case 'UNIQUE':
      return hits.length === 1 ? single(found, hits) : { error: `multiple values aren't allowed for UNIQUE hit policy. found: '${shownHits(found)}' (${rulesOf(hits)})` };
    case 'ANY':
      return allSame(found) ? single(found, hits) : { error: `different values aren't allowed for ANY hit policy. found: '${shownHits(found)}' (${rulesOf(hits)})` };
    case 'FIRST': return single(found, hits);
    case 'PRIORITY': return single(found, byPriority(found));
    case 'RULE ORDER': return { value: many(found, hits) };
    case 'OUTPUT ORDER': return { value: many(found, byPriority(found)) };
    case 'COLLECT': return aggregator === undefined ? { value: many(found, hits) } : aggregate(aggregator, hits);
    default: return policy satisfies never;
  }
}

/** One output is its value; several are a context by their names. */
export function outputValue(names: readonly string[], values: readonly Value[]): Value {
  if (names.length === 1) return values[0] ?? null;
  const context = newContext();
  for (const [index, name] of names.entries()) context[name] = values[index] ?? null;
  return context;
}

const single = ({ names }: Hits, [first]: readonly Hit[]): Outcome => ({ value: outputValue(names, first?.values ?? []) });
const many = ({ names }: Hits, hits: readonly Hit[]): Value => hits.map(({ values }) => outputValue(names, values));

const allSame = ({ hits, run }: Hits): boolean =>
  hits.every(({ values }) => values.every((value, index) => equal(value, hits[0]?.values[index] ?? null, run) === true));

/** By the first output's priority, then the second's, …; values that are not listed come last. */
function byPriority({ hits, priorities, run }: Hits): readonly Hit[] {
  const rank = (value: Value, allowed: readonly Value[]): number => {
    const at = allowed.findIndex((each) => equal(each, value, run) === true);
    return at < 0 ? allowed.length : at;
  };
  return hits.toSorted((a, b) => {
    for (const [index, allowed] of priorities.entries()) {
      const difference = rank(a.values[index] ?? null, allowed) - rank(b.values[index] ?? null, allowed);
      if (difference !== 0) return difference;
    }
    return a.ruleIndex - b.ruleIndex;
  });
}

function aggregate(aggregator: Aggregator, hits: readonly Hit[]): Outcome {
  if (aggregator === 'COUNT') return { value: hits.length };
  const values = hits.map(({ values: [value = null] }) => value);
  const stranger = values.findIndex((value) => !isNumber(value));
  if (stranger >= 0) return { error: `expected number but found '${shown(values[stranger] ?? null)}' to aggregate with ${aggregator} (rule ${hits[stranger]?.ruleIndex ?? 0})` };
  const numbers = values.filter(isNumber);
  const total = numbers.slice(1).reduce<FeelNumber | null>((result, n) => (result === null ? null : combine(aggregator, result, n)), numbers[0] ?? null);
  return total === null ? { error: 'the sum of the values is out of range' } : { value: total };
}

function combine(aggregator: 'SUM' | 'MIN' | 'MAX', a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (aggregator === 'SUM') return add(a, b);
  const isLess = (order(b, a) ?? 0) < 0;
  return (aggregator === 'MIN') === isLess ? b : a;
}

const rulesOf = (hits: readonly Hit[]): string => `rules ${hits.map(({ ruleIndex }) => ruleIndex).join(', ')}`;

function shownHits({ names, hits }: Hits): string {
  return hits.map(({ values }) => shownValue(outputValue(names, values))).join(', ');
}

const shownValue = (value: Value): string =>
  isContext(value) ? `{${Object.entries(value).map(([name, entry]) => `${name}: ${shown(entry)}`).join(', ')}}` : shown(value);
