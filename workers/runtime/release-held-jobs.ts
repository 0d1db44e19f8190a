// Frees the jobs that a killed process held, so that their cases go on at once and not when the locks run out.
import type { EngineClient } from '../client.ts';
import type { Log } from '../log.ts';

/** Names of our workers towards the engine start so; jobs of other clients are left alone. */
export const workerNamePrefix = 'stellwerk-';

const pageSize = 200;

/**
 * Only where this process is the only one with our workers (the embedded engine under its lock file): on a cluster
 * the jobs may belong to a process that is alive. Never rejects: without it the locks just run out.
 */
export async function releaseHeldJobs(client: EngineClient, log: Log): Promise<void> {
  try {
    const held = await findHeldJobs(client);
    for (const jobKey of held) await client.updateJob({ jobKey, changeset: { timeout: 0 } });
    if (held.length > 0) log.info({ released: held.length }, 'Jobs held by a process that was killed are handed out again.');
  } catch (error) {
    log.warn({ err: error }, 'Jobs held by an earlier process could not be freed; they are handed out again when their locks run out.');
  }
}

type HeldJobKey = Parameters<EngineClient['updateJob']>[0]['jobKey'];

async function findHeldJobs(client: EngineClient): Promise<HeldJobKey[]> {
  const held: HeldJobKey[] = [];
  for (;;) {
    const found = await client.searchJobs(
      { filter: { worker: { $like: `${workerNamePrefix}*` }, deadline: { $exists: true } }, sort: [{ field: 'jobKey', order: 'ASC' }], page: { from: held.length, limit: pageSize } },
      { consistency: { waitUpToMs: 0 } },
    );
    const keys = (found.items ?? []).map(({ jobKey }) => jobKey).filter((key) => key !== undefined);
    held.push(...keys);
    if (keys.length < pageSize) return held;
  }
}
