/** The completion of a user task while it waits for the first time: so long its answer can be taken back. */
import { inChunks } from '../store/in-chunks.ts';
import type { Tx } from '../store/transact.ts';

/** The outbox row that completes a user task. */
export function completionId(userTaskKey: string): string {
  return `complete/${userTaskKey}`;
}

/** Until when each answered task's answer can be taken back; a task that was handed on is left out. */
export async function findUndoUntil(db: Tx['db'], userTaskKeys: string[], now: number): Promise<Map<string, number>> {
  const taskById = new Map(userTaskKeys.map((task) => [completionId(task), task]));
  const rows = await inChunks([...taskById.keys()], (ids) => waiting(db, now).where('outbox_id', 'in', ids).execute());
  return new Map(rows.flatMap(({ outbox_id: id, not_before: until }): [string, number][] => {
    const task = taskById.get(id);
    return task === undefined ? [] : [[task, until]];
  }));
}

/** Puts the completion off. False where it was handed on. */
export async function putOffCompletion(db: Tx['db'], userTaskKey: string, times: { now: number; until: number }): Promise<boolean> {
  const moved = await db
    .updateTable('outbox')
    .set({ not_before: times.until })
    .where('outbox_id', '=', completionId(userTaskKey))
    .where('not_before', '>', times.now)
    .where('attempts', '=', 0)
    .where('claimed_until', '=', 0)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/** Drops the completion. False where it was handed on. */
export async function dropCompletion(db: Tx['db'], userTaskKey: string, now: number): Promise<boolean> {
  const dropped = await db
    .deleteFrom('outbox')
    .where('outbox_id', '=', completionId(userTaskKey))
    .where('not_before', '>', now)
    .where('attempts', '=', 0)
    .where('claimed_until', '=', 0)
    .executeTakeFirst();
  return dropped.numDeletedRows === 1n;
}

/** Only within the first wait: a completion put off after a failed try may have reached the engine. */
function waiting(db: Tx['db'], now: number) {
  return db.selectFrom('outbox').select(['outbox_id', 'not_before']).where('not_before', '>', now).where('attempts', '=', 0).where('claimed_until', '=', 0);
}
