// Decides what retention takes out: whole trees of process instances that have ended, and nothing that is still needed.
import { accept } from '../processing/step.ts';
import type { Deciders } from '../processing/step.ts';
import type { PurgeAnswer, PurgeHistory } from './records.ts';

/** After so many element instances the command is over, so that wide instances do not hold others up together; one alone goes as a whole. */
const MOST_ELEMENTS = 2_000;
/** So many items of a batch operation, or evaluations outside processes, go with one command. */
const MOST_OTHERS = 200;

export const historyDeciders: Deciders<PurgeHistory> = {
  'history.purge': ({ endedBefore, most, after }, { history }, step) => {
    const roots = history.ended(endedBefore, after, most);
    const keys: number[] = [];
    let elements = 0;
    let looked = 0;
    for (const root of roots) {
      if (elements >= MOST_ELEMENTS) break;
      looked += 1;
      const tree = history.tree(root.key);
      if (tree.some((key) => history.isNeeded(key))) continue;
      keys.push(...tree);
      for (const key of tree) elements += history.elementsOf(key);
    }
    if (keys.length > 0) step.events.push({ type: 'process-instances.purged', keys });
    const evaluations = history.evaluated(endedBefore, MOST_OTHERS);
    if (evaluations.length > 0) step.events.push({ type: 'decision-instances.purged', keys: [...new Set(evaluations)] });
    const batch = history.endedBatch(endedBefore);
    if (batch !== undefined) {
      const items = history.batchItems(batch.key, MOST_OTHERS);
      step.events.push({ type: 'batch-operation.purged', key: batch.key, upToItemKey: items.at(-1) ?? 0, isWhole: items.length < MOST_OTHERS });
    }
    const isMore = looked === most || looked < roots.length || evaluations.length === MOST_OTHERS || batch !== undefined;
    return accept({ processInstances: keys.length, next: isMore ? (roots[looked - 1] ?? after ?? { endDate: 0, key: 0 }) : null } satisfies PurgeAnswer);
  },
};
