// Words for the outcome of a comparison: a paragraph per scenario, a table per feature.
import type { Scenario, Step, Trace } from '../scenario/scenario.ts';
import type { Difference } from './compare-traces.ts';

export type Played =
  | { readonly kind: 'same'; readonly scenario: Scenario; readonly expected: Trace; readonly found: Trace }
  | { readonly kind: 'different'; readonly scenario: Scenario; readonly expected: Trace; readonly found: Trace; readonly differences: readonly Difference[] }
  /** Ours could not be played to the end. */
  | { readonly kind: 'broken'; readonly scenario: Scenario; readonly expected: Trace; readonly failure: string };

/** What a person needs to find the place: scenario, step, lines on one side only. */
export function describeDifferences(played: Played): string {
  const title = `${played.kind === 'same' ? 'same' : 'DIFFERENT'}  ${played.scenario.feature}: ${played.scenario.name}`;
  switch (played.kind) {
    case 'same': return title;
    case 'broken': return `${title}\n    ours broke down: ${played.failure}`;
    case 'different': {
      const { step } = played.differences[0]!;
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

type Row = { readonly feature: string; readonly scenarios: number; readonly same: number; readonly different: readonly string[] };

function rowsOf(played: readonly Played[]): Row[] {
  return Object.entries(Object.groupBy(played, ({ scenario }) => scenario.feature)).map(([feature, group = []]) => ({
    feature, scenarios: group.length, same: group.filter(({ kind }) => kind === 'same').length,
    different: group.filter(({ kind }) => kind !== 'same').map(({ scenario }) => scenario.name),
  })).sort((a, b) => (a.feature < b.feature ? -1 : 1));
}

export function printTable(played: readonly Played[]): void {
  for (const { feature, scenarios, same } of rowsOf(played)) console.log(`${same === scenarios ? '  ok ' : '  DIFF'} ${feature.padEnd(40)} ${same}/${scenarios}`);
}

/** The page `docs/conformance.md`. */
export function tableOf(played: readonly Played[]): string {
  const same = played.filter(({ kind }) => kind === 'same').length;
  return `<!-- Written by \`npm run conformance -- --write\`: what our engine does beside the real one. -->
# Our engine beside Zeebe 8.8.21

\`npm run conformance\` plays ${played.length} scenarios on both engines and compares, after every step, element instances and their order, sequence flows, variables per scope, jobs, timers, message subscriptions, user tasks, incidents, decisions and answers. ${same} are the same, ${played.length - same} differ.

| element or feature | scenarios | the same | what differs |
|---|---|---|---|
${rowsOf(played).map(({ feature, scenarios, same, different }) => `| ${feature} | ${scenarios} | ${same} | ${different.join('; ') || '–'} |`).join('\n')}
`;
}
