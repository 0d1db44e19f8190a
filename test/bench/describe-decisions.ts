/** The decision path in words and tables, for the performance page. */
import { cpus } from 'node:os';
import type { DecisionFigures, Load } from './decision-overhead.ts';
import { describeEndurance, type Endurance } from './endurance.ts';
import { markdownTable } from './markdown-table.ts';
import { load, round } from './measure.ts';
import { productParts } from './profile-split.ts';

/** Markdown. */
export function describeDecisions(figures: DecisionFigures): string {
  const { oneAtATime, eightCallers, thirtyTwoCallers, steady, automatic, modelCall, floor, parts } = figures;
  const loads: [string, Load][] = [['one at a time', oneAtATime], ['8 callers', eightCallers], ['32 callers', thirtyTwoCallers], ['all kinds, 50 a second', steady]];
  const all = productParts.reduce((sum, part) => sum + parts[part], 0);
  return [
    `${cpus().length} cores, load ${load()} at the end. At 50 cases a second an automatic answer takes ${automatic.p50Ms} ms (p50; p99 ${automatic.p99Ms} ms), ${figures.timesFloorP50} times the floor of the same run: ${floor.p50Ms} ms for as many jobs through the SDK against a stub, and ${modelCall.p50Ms} ms for the model call. That floor waits for no disk; with a wait (${figures.diskWait.p50Ms} ms) for each of the ${oneAtATime.cost.durableCommits} that a lone case makes it would be ${figures.durableFloorP50Ms} ms.`,
    markdownTable(
      loads.map(([name, { answer, cost }]) => ({
        'automatic cases': name,
        'a second': answer.perSecond,
        'p50 ms': answer.p50Ms,
        'p99 ms': answer.p99Ms,
        'CPU ms a case': cost.cpuMs,
        'commits that wait for the disk, a case': cost.durableCommits,
        'statements a case': cost.statements,
      })),
    ),
    'What the main thread did for one automatic case after the other, from a CPU profile of that run; libraries count for who called them:',
    markdownTable(productParts.map((part) => ({ part, 'ms a case': parts[part], share: `${Math.round((100 * parts[part]) / all)} %` }))),
  ].join('\n\n');
}

export function describeEndurances(all: readonly Endurance[]): string {
  return all
    .map((one) => {
      const shown = one.windows.filter((_, index) => index % 3 === 1);
      return [`**${one.perSecond} cases a second for ${one.minutes} minutes** (load ${load()} at the end)`, describeEndurance(one), markdownTable(shown.map((window) => Object.fromEntries(Object.entries(window).map(([column, value]) => [column, round(value)]))))].join('\n\n');
    })
    .join('\n\n');
}
