// The tables of docs/conformance.md: results per feature, what shows each feature, each activity in each place, and what differs for which reason.
import { activities, nameOf, places } from '../corpus/each-activity.ts';
import { features, type Proof } from '../features.ts';
import { fullName } from '../scenario/scenario.ts';
import { isFine, type Played } from './report.ts';

/** A row per reason: which scenarios differ for it. */
export function deviationsTable(played: readonly Played[]): string {
  const explained = played.filter(({ kind }) => kind === 'explained');
  const rows = Object.entries(Object.groupBy(explained, ({ scenario }) => scenario.deviates ?? '')).map(([why, group = []]) => `| ${why} | ${group.map(({ scenario }) => fullName(scenario)).join('; ')} |`);
  return ['| what differs, and why | scenarios |', '|---|---|', ...rows].join('\n');
}

/** A row per feature: the scenarios and tests that show it. */
export function featuresTable(): string {
  const rows = Object.entries(features).flatMap(([group, list]) => Object.entries(list).map(([feature, proofs]) => `| ${group} | ${feature} | ${proofs.map(shown).join('; ')} |`));
  return ['| | element or feature | shown by |', '|---|---|---|', ...rows].join('\n');
}

const shown = (proof: Proof): string => (typeof proof === 'string' ? proof : `test "${proof.test}" in \`${proof.file}\``);

/** A row per place, a column per activity. */
export function placesTable(played: readonly Played[]): string {
  const byName = new Map(played.map((result) => [result.scenario.name, result]));
  const kinds = Object.keys(activities);
  const cell = (name: string) => {
    const result = byName.get(name);
    return result === undefined ? 'not played' : !isFine(result) ? '**differs**' : result.kind === 'explained' ? 'for a reason' : 'same';
  };
  const rows = Object.keys(places).map((place) => `| ${place} | ${kinds.map((kind) => cell(nameOf(kind, place))).join(' | ')} |`);
  return [`| | ${kinds.join(' | ')} |`, `|---|${kinds.map(() => '---|').join('')}`, ...rows].join('\n');
}
