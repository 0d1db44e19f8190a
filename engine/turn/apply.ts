// Writes turns that are not at their end, and what they still have to do.
import type { DatabaseSync } from 'node:sqlite';
import type { Appliers } from '../processing/appliers.ts';
import { write } from '../store/statements.ts';
import type { TurnEvent } from './records.ts';

export function turnAppliers(db: DatabaseSync): Appliers<TurnEvent> {
  const queue = write(db, `INSERT INTO unfinished_turns (key, rank, steps, due_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET rank = excluded.rank, steps = excluded.steps, due_at = excluded.due_at`);
  const keep = write(db, `INSERT INTO turn_follow_ups (turn_key, position, command)
    VALUES (?1, (SELECT coalesce(max(position), 0) + 1 FROM turn_follow_ups WHERE turn_key = ?1), ?2)`);
  const take = write(db, 'DELETE FROM turn_follow_ups WHERE turn_key = ?1 AND position IN (SELECT position FROM turn_follow_ups WHERE turn_key = ?1 ORDER BY position LIMIT ?2)');
  const end = write(db, 'DELETE FROM unfinished_turns WHERE key = ?');
  return {
    'turn.paused': ({ key, rank, steps, dueAt, followUps }) => {
      queue(key, rank, steps, dueAt);
      for (const followUp of followUps) keep(key, followUp);
    },
    'turn.resumed': ({ key, taken }) => take(key, taken),
    'turn.ended': ({ key }) => end(key),
  };
}
