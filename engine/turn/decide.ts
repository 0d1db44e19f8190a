// Decides the next slice of a turn: what it kept is done as if it had just been asked for.
import { accept, nothing } from '../processing/step.ts';
import type { Deciders } from '../processing/step.ts';
import type { ContinueTurn } from './records.ts';

export const turnDeciders: Deciders<ContinueTurn> = {
  'turn.continue': ({ turnKey, steps }, view, step) => {
    if (view.turns.stepsOf(turnKey) === undefined) return nothing;
    const followUps = view.turns.next(turnKey, steps);
    step.events.push({ type: 'turn.resumed', key: turnKey, taken: followUps.length });
    step.followUps.push(...followUps);
    return accept();
  },
};
