// Wakes the watch of the release that waits for a successor, when that successor came to nothing.
import type { Lifecycle } from '../../ledger/index.ts';
import { engineStatus } from '../engine-status.ts';
import type { Tools } from '../runtime/worker-definition.ts';

/** So short that it never meets a later wait of the same watch. */
const messageLifeMs = 60_000;

/** Only what a watch asked for: renewals, and what a retraining proposed. */
export async function tellWaitingWatch(tools: Pick<Tools, 'client'>, { predecessor, source, releaseId }: Lifecycle): Promise<void> {
  if (predecessor === null || (source !== 'watch' && source !== 'pipeline')) return;
  await wakeWatch(tools, { waiting: predecessor, because: releaseId });
}

/** `because`: the id of what failed; the same one wakes once. */
export async function wakeWatch({ client }: Pick<Tools, 'client'>, { waiting, because }: { waiting: string; because: string }): Promise<void> {
  try {
    await client.publishMessage({ name: 'successor-failed', correlationKey: waiting, messageId: `${because}:failed`, timeToLive: messageLifeMs, variables: {} });
  } catch (error) {
    if (engineStatus(error) !== 409) throw error;
  }
}
