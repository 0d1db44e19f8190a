/** A case from `POST` to its automatic answer, beside the model call and the floor of the same run. */
import { join } from 'node:path';
import { measureDecisions, type Load } from './decision-overhead.ts';
import { describeDecisions, describeEndurances } from './describe-decisions.ts';
import { describeEndurance, endureLoad, type Endurance } from './endurance.ts';
import { load } from './measure.ts';
import type { BenchPart } from './part.ts';
import { productParts } from './profile-split.ts';
import { serveProduct } from './served-product.ts';

export const benchDecisions: BenchPart = async ({ short, folder, minutes, perSecond }) => {
  if (minutes !== undefined) {
    const endured = await endure(folder, minutes, perSecond);
    return { figures: endured, sections: { endurance: describeEndurances(endured) } };
  }
  const cases = short ? 200 : 1_500;
  const product = await serveProduct(join(folder, 'data'));
  try {
    const figures = await measureDecisions(product, { perSecond: 50, cases, warmUp: 200, folder });
    const { oneAtATime, eightCallers, thirtyTwoCallers, steady, automatic, modelCall, floor } = figures;
    console.log(`A case in the product's own process, from POST to answer (load ${load()})`);
    console.table([loadRow('automatic, one at a time', oneAtATime), loadRow('automatic, 8 callers', eightCallers), loadRow('automatic, 32 callers', thirtyTwoCallers), loadRow('all kinds, 50 a second', steady)]);
    console.log(`\nAn automatic case by part, one at a time: what the product's main thread did (CPU profile, load ${load()})`);
    console.table(productParts.map((part) => ({ part, 'ms a case': figures.parts[part] })));
    console.log(`\nDecision path at 50 cases a second: ${automatic.count} of ${cases} automatic (load ${load()})`);
    console.table([
      { part: 'automatic answer', 'p50 ms': automatic.p50Ms, 'p99 ms': automatic.p99Ms },
      { part: 'model call', 'p50 ms': modelCall.p50Ms, 'p99 ms': modelCall.p99Ms },
      { part: 'overhead (answer minus model call p50)', 'p50 ms': figures.overheadP50Ms, 'p99 ms': figures.overheadP99Ms },
      { part: 'floor without the model (SDK, as many jobs, stub engine)', 'p50 ms': floor.p50Ms, 'p99 ms': floor.p99Ms },
      { part: 'one wait for the disk', 'p50 ms': figures.diskWait.p50Ms, 'p99 ms': figures.diskWait.p99Ms },
    ]);
    console.log(`The answer takes ${figures.timesFloorP50} times the floor with the model call (p50; target: 3). The floor waits for no disk: with the ${oneAtATime.cost.durableCommits} waits of a lone case it would be ${figures.durableFloorP50Ms} ms.`);
    return { figures, sections: { decisions: describeDecisions(figures) } };
  } finally {
    await product.close();
  }
};

/** Each rate on a product and a folder of its own. */
async function endure(folder: string, minutes: number, rates: readonly number[]): Promise<Endurance[]> {
  const all: Endurance[] = [];
  for (const perSecond of rates) {
    const dataDir = join(folder, `at-${perSecond}`);
    const product = await serveProduct(dataDir);
    try {
      const endured = await endureLoad(product, { dataDir, minutes, perSecond });
      all.push(endured);
      console.log(`\n${perSecond} cases a second for ${minutes} minutes (load ${load()})`);
      console.table(endured.windows);
      console.log(describeEndurance(endured));
    } finally {
      await product.close();
    }
  }
  return all;
}

function loadRow(cases: string, { answer, cost }: Load) {
  return { cases, 'per s': answer.perSecond, 'p50 ms': answer.p50Ms, 'p99 ms': answer.p99Ms, 'CPU ms a case': cost.cpuMs, 'durable commits': cost.durableCommits, statements: cost.statements };
}
