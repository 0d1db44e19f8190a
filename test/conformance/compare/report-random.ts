// Words for the outcome of random processes: lines for the terminal, a section of `docs/conformance.md`.
import type { RandomOutcome } from '../random/compare-random.ts';
import { knownReasons } from '../random/known-deviations.ts';

type Group = { readonly number: number; readonly what: string; readonly seeds: readonly number[] };

/** All but those that were the same, or differ. */
function groupsOf(outcomes: readonly RandomOutcome[]): Group[] {
  const groups: (readonly [what: string, seeds: readonly number[]])[] = [
    ['go on without end on both', outcomes.flatMap((one) => (one.kind === 'same' && one.isEndless ? [one.seed] : []))],
    ...knownReasons.map(({ name }) => [`explained: ${name}`, outcomes.flatMap((one) => (one.kind === 'explained' && one.deviation === name ? [one.seed] : []))] as const),
    ['not comparable: the real engine failed, and nobody knows yet why', outcomes.flatMap((one) => (one.kind === 'unplayable' ? [one.seed] : []))],
  ];
  return groups.flatMap(([what, seeds]) => (seeds.length === 0 ? [] : [{ number: seeds.length, what, seeds }]));
}

/** A line for each reason that is known. */
export const reasonsList = (): string => knownReasons.map(({ name, because }) => `- ${name}: ${because}.`).join('\n');

/** One line for all, and one for each reason for which some were not simply the same. */
export function describeOutcomes(outcomes: readonly RandomOutcome[], which: string): string {
  const same = outcomes.filter((outcome) => outcome.kind === 'same');
  const steps = same.reduce((sum, outcome) => sum + outcome.steps, 0);
  const state = outcomes.some(({ kind }) => kind === 'different') ? 'DIFF' : 'ok  ';
  return [
    `  ${state} random processes ${same.length}/${outcomes.length}, ${steps} steps, ${which}`,
    ...groupsOf(outcomes).map(({ number, what, seeds }) => `       ${number} ${what} (seeds ${seeds.slice(0, 5).join(', ')})`),
  ].join('\n');
}

/** The section of the page: what was played, and why what differs may differ. */
export function randomSection(outcomes: readonly RandomOutcome[], which: string): string {
  const number = (kind: RandomOutcome['kind']) => outcomes.filter((outcome) => outcome.kind === kind).length;
  return `## Random processes

${outcomes.length} random processes were played beside the scenarios (${which}): ${number('same')} are the same, ${number('explained')} differ for a reason, ${number('different')} differ and wait for a change, ${number('unplayable')} could not be compared.
${groupsOf(outcomes).map(({ number: count, what, seeds }) => `\n- ${count} ${what} (seeds ${seeds.join(', ')})`).join('')}

The reasons that are known:

${reasonsList()}
- goes on without end: a process may start itself again and again (an event sub-process that throws what it catches). Where the real engine has not come to rest after half a minute, ours must go on without end after the same steps, and is the same then.
`;
}
