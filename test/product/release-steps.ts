// What every journey of a release waits for and does: a state, the votes.
import { vi } from 'vitest';
import type { ReleaseDetail, ReleaseState } from '../../api/contract/releases.ts';

type Read = (release: string) => Promise<ReleaseDetail>;
type Patience = { readonly timeout: number; readonly interval: number };

const asItIs = ({ state, moves, gate }: ReleaseDetail) => `${state}: ${JSON.stringify(moves.at(-1))} ${JSON.stringify(gate)}`;

/** The release once it is in this state. */
export const inState = (read: Read, release: string, state: ReleaseState, patience: Patience): Promise<ReleaseDetail> =>
  vi.waitFor(async () => {
    const found = await read(release);
    if (found.state !== state) throw new Error(`${release} is not ${state} but ${asItIs(found)}`);
    return found;
  }, patience);

/** The digest to vote on. The gate's document comes last; a vote on the bundle before it is refused. */
export async function openBundle(read: Read, release: string, patience: Patience): Promise<string> {
  const { decision } = await vi.waitFor(async () => {
    const found = await read(release);
    if (found.decision.outcome !== 'open' || !found.evidence.some(({ kind, current }) => kind === 'gate' && current)) throw new Error(`votes on ${release} are not open: ${asItIs(found)}`);
    return found;
  }, patience);
  if (decision.bundleDigest === null) throw new Error(`${release} has no bundle to vote on`);
  return decision.bundleDigest;
}
