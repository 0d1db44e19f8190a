// The page docs/conformance.md.
import { deviationsTable, featuresTable, placesTable } from './feature-tables.ts';
import { isFine, rowsOf, type Played } from './report.ts';

/** Made of a whole run. */
export function pageOf(played: readonly Played[]): string {
  const same = played.filter(({ kind }) => kind === 'same').length;
  return `<!-- Written by \`npm run conformance -- --write\`: what our engine does beside the real one. -->
# Our engine beside Zeebe 8.8.21

\`npm run conformance\` plays ${played.length} scenarios on both engines and compares, after every step, element instances and their order, sequence flows, variables per scope, jobs, timers, message subscriptions, user tasks, incidents, decisions and answers. ${same} are the same, ${played.filter(({ kind }) => kind === 'explained').length} differ for a reason, ${played.filter((result) => !isFine(result)).length} differ and wait for a change.

- [What differs for a reason](#what-differs-for-a-reason)
- [Results by theme](#results-by-theme)
- [What shows each element and feature](#what-shows-each-element-and-feature)
- [Each activity in each place](#each-activity-in-each-place)
- [Random processes](#random-processes)

## What differs for a reason

${deviationsTable(played)}

Not compared, as the test engine has a lower limit than a broker: Zeebe in the test engine refuses a creation with about 2.3 MB of variables (EXCEEDED_BATCH_RECORD_SIZE); ours takes 4 MiB ([limits](support.md#limits)).

## Results by theme

| theme | scenarios | the same | differs for a reason | differs |
|---|---|---|---|---|
${rowsOf(played).map(({ feature, scenarios, same, explained, different }) => `| ${feature} | ${scenarios} | ${same} | ${explained.length || '–'} | ${different.join('; ') || '–'} |`).join('\n')}

## What shows each element and feature

The words are those of the product's requirements for Zeebe 8.8; a test holds that each has what shows it (\`test/conformance/features.test.ts\`).

${featuresTable()}

## Each activity in each place

One scenario per cell.

${placesTable(played)}
`;
}
