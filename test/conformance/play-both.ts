// Plays one scenario on both engines and says how they compare.
import { compareTraces } from './compare/compare-traces.ts';
import type { Played } from './compare/report.ts';
import { play, type EngineDriver, type Scenario } from './scenario/scenario.ts';

/** Throws when the real engine cannot play it; when ours cannot, that is the result. */
export async function playBoth(scenario: Scenario, zeebe: EngineDriver, ours: EngineDriver): Promise<Played> {
  const expected = await play(zeebe, scenario.steps).catch((failure: unknown) => { throw new Error(`Zeebe could not play "${scenario.name}"`, { cause: failure }); });
  try {
    const found = await play(ours, scenario.steps);
    const differences = compareTraces(scenario, expected, found);
    if ((differences.length > 0) === (scenario.deviates !== undefined)) return { kind: scenario.deviates === undefined ? 'same' : 'explained', scenario, expected, found };
    return { kind: 'different', scenario, expected, found, differences };
  } catch (failure) {
    return { kind: 'broken', scenario, expected, failure: failure instanceof Error ? failure.stack ?? failure.message : String(failure) };
  }
}
