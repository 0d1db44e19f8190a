// What the timeline draws of a release's moves: phases, shares, and the moments that stay apart.
import { expect, test } from 'vitest';
import { phasesOf, sharesOf, stopsOf, type MoveFacts, type ReleaseFacts } from '../../ui/src/features/release-timeline/release-phases.ts';

const move = (to: string, at: number, share: number | null = null): MoveFacts => ({ to, at, share });
const promoted = [move('proposed', 0), move('evaluated', 5), move('approved', 8), move('shadow', 10), move('canary', 20, 10), move('canary', 24, 50), move('live', 30)];
const live: ReleaseFacts = { moves: promoted, endedAt: null, validUntil: 130, now: 80 };

test('a live release has its past phases, its planned rest, and people after its end', () => {
  expect(phasesOf(live)).toEqual([
    { kind: 'decide', from: 0, to: 10 },
    { kind: 'shadow', from: 10, to: 20 },
    { kind: 'canary', from: 20, to: 30 },
    { kind: 'live', from: 30, to: 80 },
    { kind: 'planned', from: 80, to: 130 },
    { kind: 'people', from: 130, to: 143 },
  ]);
});

test('the share of cases grows with the canary and is all of them when live', () => {
  expect(sharesOf(live)).toEqual([{ at: 0, share: 0 }, { at: 20, share: 0.1 }, { at: 24, share: 0.5 }, { at: 30, share: 1 }]);
});

test('a release taken back in its canary ends there: nothing is planned and no case meets it any more', () => {
  const facts: ReleaseFacts = { moves: [...promoted.slice(0, 5), move('withdrawn', 22)], endedAt: 22, validUntil: 130, now: 80 };
  expect(phasesOf(facts).at(-1)).toEqual({ kind: 'canary', from: 20, to: 22 });
  expect(sharesOf(facts)).toEqual([{ at: 0, share: 0 }, { at: 20, share: 0.1 }, { at: 22, share: 0 }]);
});

test('a proposal is one phase up to now', () => {
  expect(phasesOf({ moves: [move('proposed', 3)], endedAt: null, validUntil: null, now: 9 })).toEqual([{ kind: 'decide', from: 3, to: 9 }]);
});

test('stops are every border once, in order', () => {
  expect(stopsOf(live)).toEqual([0, 10, 20, 24, 30, 80, 130, 143]);
});
