// Words for the outcome of a comparison: a paragraph per scenario, a table per feature.
import { fullName, type Scenario, type Step, type Trace } from '../scenario/scenario.ts';
import type { RandomOutcome } from '../random/compare-random.ts';
import type { Difference } from './compare-traces.ts';

export type Played =
  /** Explained: they differ, and the scenario says why. */
  | { readonly kind: 'same' | 'explained'; readonly scenario: Scenario; readonly expected: Trace; readonly found: Trace }
  | { readonly kind: 'different'; readonly scenario: Scenario; readonly expected: Trace; readonly found: Trace; readonly differences: readonly Difference[] }
  /** Ours could not be played to the end. */
  | { readonly kind: 'broken'; readonly scenario: Scenario; readonly expected: Trace; readonly failure: string };

export const isFine = ({ kind }: Played): boolean => kind === 'same' || kind === 'explained';

/** What a person needs to find the place: scenario, step, lines on one side only. */
export function describeDifferences(played: Played): string {
  const title = `${isFine(played) ? played.kind : 'DIFFERENT'}  ${fullName(played.scenario)}`;
  switch (played.kind) {
    case 'same': return title;
    case 'explained': return `${title}: ${played.scenario.deviates ?? ''}`;
    case 'broken': return `${title}\n    ours broke down: ${played.failure}`;
    case 'different': {
      const [first] = played.differences;
      if (first === undefined) return `${title}\n    is listed as a deviation, but is the same now`;
      const { step } = first;
      const lines = played.differences.flatMap(({ what, onlyExpected, onlyFound }) => [
        ...onlyExpected.map((line) => `    ${what}: only Zeebe      ${line}`),
        ...onlyFound.map((line) => `    ${what}: only Stellwerk  ${line}`),
      ]);
      const entry = [played.expected[step - 1], played.found[step - 1]].map((entry) => entry?.outcome.kind === 'rejected' ? entry.outcome.reason.replaceAll('\n', ' ') : undefined);
      const reasons = [entry[0] === undefined ? [] : [`    Zeebe says: ${entry[0]}`], entry[1] === undefined ? [] : [`    Stellwerk says: ${entry[1]}`]].flat();
      return [title, `    after step ${step}: ${stepWords(played.scenario.steps[step - 1]!)}`, ...lines, ...reasons].join('\n');
    }
  }
}

function stepWords(step: Step): string {
  const { do: verb, ...rest } = step;
  return `${verb} ${'resources' in rest ? rest.resources.map(({ name }) => name).join(', ') : JSON.stringify(rest)}`;
}

/** The smallest random process that differs, whole: its files, its steps, what differs, how to see it again. */
export function describeRandom(outcome: Extract<RandomOutcome, { kind: 'different' }>): string {
  const steps = outcome.scenario.steps.flatMap((step) => step.do === 'deploy' ? step.resources.map(({ text }) => text) : [`    ${stepWords(step)}`]);
  const lines = outcome.differences.flatMap(({ what, onlyExpected, onlyFound }) => [...onlyExpected.map((line) => `    ${what}: only Zeebe      ${line}`), ...onlyFound.map((line) => `    ${what}: only Stellwerk  ${line}`)]);
  return [
    `DIFFERENT  random process of seed ${outcome.seed}, made small:`, ...steps, `    after step ${outcome.differences[0]?.step ?? 0}:`, ...lines, ...outcome.reasons.map((reason) => `    ${reason}`),
    `    again: npm run conformance -- --only random --random 1 --seed ${outcome.seed}`,
  ].join('\n');
}

export type Row = { readonly feature: string; readonly scenarios: number; readonly same: number; readonly explained: readonly string[]; readonly different: readonly string[] };

export function rowsOf(played: readonly Played[]): Row[] {
  return Object.entries(Object.groupBy(played, ({ scenario }) => scenario.feature)).map(([feature, group = []]) => ({
    feature, scenarios: group.length, same: group.filter(({ kind }) => kind === 'same').length,
    explained: group.filter(({ kind }) => kind === 'explained').map(({ scenario }) => `${scenario.name}: ${scenario.deviates ?? ''}`),
    different: group.filter((result) => !isFine(result)).map(({ scenario }) => scenario.name),
  })).sort((a, b) => (a.feature < b.feature ? -1 : 1));
}

export function printTable(played: readonly Played[]): void {
  for (const { feature, scenarios, same, explained, different } of rowsOf(played)) {
    console.log(`${different.length === 0 ? '  ok ' : '  DIFF'} ${feature.padEnd(40)} ${same}/${scenarios}${explained.length === 0 ? '' : `, ${explained.length} explained`}`);
  }
}
