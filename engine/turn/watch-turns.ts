// Tells a person of turns that take very many steps: most often a diagram that loops without waiting.
import type { Logger } from '../logger.ts';
import type { Key } from '../keys.ts';
import type { EngineEvent, FollowUp } from '../records.ts';
import type { View } from '../view.ts';

/** The first warning comes after so many steps, each further one after twice as many. */
const FIRST_WARNING = 100_000;

/** To be called after the commit, with each event. */
export function createTurnWatch(logger: Logger, view: View): (event: EngineEvent) => void {
  const nextWarning = new Map<Key, number>();
  return (event) => {
    if (event.type === 'turn.ended') nextWarning.delete(event.key);
    if (event.type !== 'turn.paused' || event.steps < (nextWarning.get(event.key) ?? FIRST_WARNING)) return;
    nextWarning.set(event.key, event.steps * 2);
    const [followUp] = view.turns.next(event.key, 1);
    const processInstanceKey = followUp === undefined ? undefined : instanceOf(followUp, view);
    logger.warn({ processInstanceKey, turnKey: event.key, steps: event.steps }, 'A process instance goes on and on without waiting; it runs in slices beside the others. If its diagram loops, cancel it.');
  };
}

function instanceOf(followUp: FollowUp, view: View): Key | undefined {
  if ('processInstanceKey' in followUp) return followUp.processInstanceKey;
  const key = 'elementInstanceKey' in followUp ? followUp.elementInstanceKey : 'bodyKey' in followUp ? followUp.bodyKey : undefined;
  return key === undefined ? undefined : view.elements.get(key)?.processInstanceKey;
}
