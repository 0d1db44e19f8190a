/** Who took or gave back which task a moment ago: a cluster's searches show it only later, a person must see it at once. */
import type { Clock } from '../../ledger/index.ts';

/** Longer than searches lag, shorter than anybody would miss a change made elsewhere. */
const rememberedMs = 10_000;

export type Claims = {
  remember(userTaskKey: string, assignee: string | null): void;
  /** The assignee by the newest knowledge: ours where it is fresh, else what the search found. */
  assigneeOf(userTaskKey: string, found: string | null): string | null;
};

export function createClaims(clock: Clock): Claims {
  const claims = new Map<string, { assignee: string | null; until: number }>();
  const forget = (now: number) => {
    for (const [key, claim] of claims) {
      if (claim.until > now) break;
      claims.delete(key);
    }
  };
  return {
    remember(userTaskKey, assignee) {
      const now = clock.now();
      forget(now);
      claims.delete(userTaskKey);
      claims.set(userTaskKey, { assignee, until: now + rememberedMs });
    },
    assigneeOf(userTaskKey, found) {
      const claim = claims.get(userTaskKey);
      if (claim === undefined || claim.until <= clock.now()) return found;
      return claim.assignee;
    },
  };
}
