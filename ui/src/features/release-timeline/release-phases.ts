/** From a release's moves to what the timeline draws: phases, the share of cases, and the moments to keep apart. Pure. */

export type PhaseKind = 'decide' | 'shadow' | 'canary' | 'live' | 'planned' | 'people';
export type Phase = { kind: PhaseKind; from: number; to: number };
/** From `at` on this share (0 to 1) of the cases meets the version. */
export type ShareStep = { at: number; share: number };

export type MoveFacts = { to: string; at: number; share: number | null };
export type ReleaseFacts = {
  moves: readonly MoveFacts[];
  /** When the release ended, where it did. */
  endedAt: number | null;
  /** Last moment of validity, once there is one. */
  validUntil: number | null;
  now: number;
};

const phaseOf: Readonly<Record<string, PhaseKind>> = { proposed: 'decide', evaluated: 'decide', approved: 'decide', shadow: 'shadow', canary: 'canary', live: 'live' };

/** Phases in order; the last one runs to now or to the end, and what is planned follows it. */
export function phasesOf({ moves, endedAt, validUntil, now }: ReleaseFacts): Phase[] {
  const until = endedAt ?? now;
  const phases: Phase[] = [];
  for (const { to, at } of inOrder(moves)) {
    const kind = phaseOf[to];
    const last = phases.at(-1);
    if (kind === undefined || last?.kind === kind) continue;
    if (last !== undefined) last.to = at;
    phases.push({ kind, from: at, to: Math.max(at, until) });
  }
  if (endedAt === null && validUntil !== null && validUntil > now && phases.length > 0) {
    const lead = (validUntil - (phases[0]?.from ?? now)) * 0.1;
    phases.push({ kind: 'planned', from: now, to: validUntil }, { kind: 'people', from: validUntil, to: validUntil + lead });
  }
  return phases;
}

/** The share of cases over time: none before the canary, the canary's steps, all when live, none after the end. */
export function sharesOf({ moves, endedAt }: ReleaseFacts): ShareStep[] {
  const steps: ShareStep[] = [];
  for (const { to, at, share } of inOrder(moves)) {
    const next = to === 'live' ? 1 : to === 'canary' ? (share ?? 0) / 100 : phaseOf[to] === undefined ? undefined : 0;
    if (next !== undefined && steps.at(-1)?.share !== next) steps.push({ at, share: next });
  }
  if (endedAt !== null && steps.at(-1)?.share !== 0) steps.push({ at: endedAt, share: 0 });
  return steps;
}

/** Moments that must stay apart on the axis: where phases and steps begin, now, and the end. */
export function stopsOf(facts: ReleaseFacts): number[] {
  const phases = phasesOf(facts);
  const stops = [...phases.flatMap(({ from, to }) => [from, to]), ...sharesOf(facts).map(({ at }) => at)];
  return [...new Set(stops)].toSorted((a, b) => a - b);
}

function inOrder(moves: readonly MoveFacts[]): MoveFacts[] {
  return moves.toSorted((a, b) => a.at - b.at);
}
