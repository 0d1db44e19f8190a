// Compares two traces of a scenario step by step and names the first step after which they differ.
import { sections, type Outcome, type Scenario, type Section, type Trace } from '../scenario/scenario.ts';

export type Difference = {
  /** From 1. */
  readonly step: number;
  readonly what: Section | 'outcome';
  readonly onlyExpected: readonly string[];
  readonly onlyFound: readonly string[];
};

/** Differences after the first step that shows any; later ones mostly follow from them. Empty when both did the same. */
export function compareTraces(scenario: Scenario, expected: Trace, found: Trace): Difference[] {
  const compared = sections.filter((section) => scenario.except?.sections.includes(section) !== true);
  for (const [index, entry] of expected.entries()) {
    const other = found[index];
    if (other === undefined) return [{ step: index + 1, what: 'outcome', onlyExpected: ['the step was played'], onlyFound: [] }];
    const differences = [
      difference(index + 1, 'outcome', outcomeLines(entry.outcome), outcomeLines(other.outcome)),
      ...compared.map((section) => difference(index + 1, section, entry.after[section], other.after[section])),
    ].filter((found) => found !== undefined);
    // A different order of the same elements is only worth a line when nothing else differs.
    const lines = differences.length > 1 ? differences.filter(({ what }) => what !== 'order') : differences;
    if (lines.length > 0) return lines;
  }
  return [];
}

function difference(step: number, what: Difference['what'], expected: readonly string[], found: readonly string[]): Difference | undefined {
  if (expected.length === found.length && expected.every((line, index) => line === found[index])) return undefined;
  const onlyExpected = without(expected, found);
  const onlyFound = without(found, expected);
  if (onlyExpected.length + onlyFound.length > 0) return { step, what, onlyExpected, onlyFound };
  return { step, what, onlyExpected: [expected.join(' ')], onlyFound: [found.join(' ')] };
}

/** A multiset difference: what occurs twice there and once here remains once. */
function without(lines: readonly string[], taken: readonly string[]): string[] {
  const left = [...taken];
  return lines.filter((line) => {
    const index = left.indexOf(line);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

/** Of a refused deployment: the elements that the reason names must be the same, its words need not. */
function outcomeLines(outcome: Outcome): string[] {
  switch (outcome.kind) {
    case 'accepted': return ['accepted', ...(outcome.answer ?? [])];
    case 'rejected': return [`rejected ${outcome.code}`, ...namedElements(outcome.reason)];
    case 'nothing-there': return [`nothing there: ${outcome.what}`];
  }
}

function namedElements(reason: string): string[] {
  return [...new Set([...reason.matchAll(/Element: (\S+)/g)].map(([, id]) => `at ${id}`))].sort();
}
