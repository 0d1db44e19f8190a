/**
 * Which decisions a look for cases to erase has to read: only those among which one can be due. Kept in memory, a few
 * numbers for every four hours in which something was decided; a process begins with all of them unread (ADR 159).
 */
import type { DecisionRange } from '../ledger/index.ts';

type OldestByService = ReadonlyMap<string, number>;
/** They were not read yet; all were made then or later. */
type UnreadSince = number;
/** Neighbouring decisions, and when the oldest of each service among them was made whose case is not erased. */
type Stretch = DecisionRange & { readonly oldest: OldestByService | UnreadSince };

/** What a slice of a range left, and where the next one goes on; next null: the range is through. Null: read no more. */
type ReadSlice = (range: DecisionRange) => Promise<{ left: OldestByService; next: number | null } | null>;

export type KeptDecisions = {
  /** To be called at each look: decisions up to this one exist now. */
  grew(to: number, now: number): void;
  /**
   * Reads whatever may be due, slice by slice. Of each service, `decidedBefore` says when the youngest was decided that is.
   * What a slice left is remembered at once: after a failure the next look goes on there.
   */
  readDue(decidedBefore: OldestByService, readSlice: ReadSlice): Promise<void>;
  /** How many stretches are remembered. */
  size(): number;
};

/** Neighbours that are no further apart become one, so that there are few; the price is that some are read some more often. */
const spanMs = 4 * 3_600_000;
/** Clocks of several processes differ, and one may be set back a little: what was not read may be so much older than thought. */
const toleranceMs = 24 * 3_600_000;

export function createKeptDecisions(): KeptDecisions {
  const stretches: Stretch[] = [];
  let known = 0;
  let knownAt = -Infinity;
  return {
    grew: (to, now) => {
      if (to > known) {
        const grown = { after: known, to, oldest: Math.min(knownAt, now) - toleranceMs };
        const last = stretches.at(-1);
        if (last && areNear(last, grown)) stretches.splice(-1, 1, joined(last, grown));
        else stretches.push(grown);
      }
      [known, knownAt] = [Math.max(to, known), now];
    },
    readDue: async (decidedBefore, readSlice) => {
      for (let index = 0, stretch = stretches[0]; stretch !== undefined; stretch = stretches[index]) {
        if (!mayBeDue(stretch, decidedBefore)) {
          index += 1;
          continue;
        }
        const slice = await readSlice(stretch);
        if (slice === null) return;
        const end = slice.next ?? stretch.to;
        const left = slice.left.size === 0 ? [] : [{ after: stretch.after, to: end, oldest: slice.left }];
        const rest = end < stretch.to ? [{ ...stretch, after: end }] : [];
        stretches.splice(index, 1, ...left, ...rest);
        index += left.length;
        // What is left goes to the stretch before it where both are of about the same time.
        const [before, added] = [stretches[index - 2], stretches[index - 1]];
        if (left.length === 0 || !before || !added || !areNear(before, added)) continue;
        index -= 1;
        stretches.splice(index - 1, 2, joined(before, added));
      }
    },
    size: () => stretches.length,
  };
}

function mayBeDue({ oldest }: Stretch, decidedBefore: OldestByService): boolean {
  if (typeof oldest === 'number') return [...decidedBefore.values()].some((before) => oldest <= before);
  return [...oldest].some(([service, at]) => at <= (decidedBefore.get(service) ?? -Infinity));
}

function areNear(one: Stretch, next: Stretch): boolean {
  return one.to === next.after && typeof one.oldest === typeof next.oldest && Math.abs(oldestOf(one) - oldestOf(next)) <= spanMs;
}

function joined(one: Stretch, next: Stretch): Stretch {
  return { after: one.after, to: next.to, oldest: olderOf(one.oldest, next.oldest) };
}

function olderOf(one: Stretch['oldest'], other: Stretch['oldest']): Stretch['oldest'] {
  if (typeof one === 'number' || typeof other === 'number') return Math.min(oldestOf({ oldest: one }), oldestOf({ oldest: other }));
  const oldest = new Map(one);
  for (const [service, at] of other) oldest.set(service, Math.min(at, oldest.get(service) ?? at));
  return oldest;
}

const oldestOf = ({ oldest }: Pick<Stretch, 'oldest'>): number => (typeof oldest === 'number' ? oldest : Math.min(...oldest.values()));
