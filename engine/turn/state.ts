// Reads of turns that are not at their end.
import type { DatabaseSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import type { InstanceRows } from '../processing/instance-rows.ts';
import type { FollowUp } from '../records.ts';
import { many, one } from '../store/statements.ts';

export type TurnReads = {
  /** Steps done so far; undefined when it is over. */
  stepsOf(key: Key): number | undefined;
  /** The next so many of its follow-ups. */
  next(key: Key, count: number): FollowUp[];
  /** What turns that wait will still do in this scope. */
  waitingIn(scopeKey: Key): FollowUp[];
  /** What turns that wait will still do to start an instance by a message with this correlation key. */
  waitingWithLock(correlationKey: string): FollowUp[];
  /** Whether one of them will still do something in a process instance. */
  concern(processInstanceKey: Key): boolean;
  /** How many wait, and the most steps that one of them has taken. */
  size(): { readonly unfinishedTurns: number; readonly longestTurnSteps: number };
};

export function readTurns(db: DatabaseSync, { written }: InstanceRows): TurnReads {
  const steps = one<{ steps: number }>(db, 'SELECT steps FROM unfinished_turns WHERE key = ?');
  const next = many<{ command: string }>(db, 'SELECT command FROM turn_follow_ups WHERE turn_key = ? ORDER BY position LIMIT ?');
  const inScope = many<{ command: string }>(db, 'SELECT command FROM turn_follow_ups WHERE scope_key = ? ORDER BY turn_key, position');
  const withLock = many<{ command: string }>(db, 'SELECT command FROM turn_follow_ups WHERE message_lock = ?');
  const ofInstance = written(one<{ found: number }>(db, `SELECT 1 AS found FROM turn_follow_ups WHERE process_instance_key = ?1
    UNION ALL SELECT 1 FROM element_instances e JOIN turn_follow_ups t ON t.element_instance_key = e.key WHERE e.process_instance_key = ?1 LIMIT 1`));
  // Counts them all: for a person who looks, so it is prepared when one does.
  const size = () => one<{ unfinishedTurns: number; longestTurnSteps: number }>(db, 'SELECT count(*) AS unfinishedTurns, coalesce(max(steps), 0) AS longestTurnSteps FROM unfinished_turns')();
  const parse = (rows: readonly { command: string }[]) => rows.map(({ command }) => JSON.parse(command) as FollowUp);
  return {
    stepsOf: (key) => steps(key)?.steps,
    next: (key, count) => parse(next(key, count)),
    waitingIn: (scopeKey) => parse(inScope(scopeKey)),
    waitingWithLock: (correlationKey) => parse(withLock(correlationKey)),
    concern: (processInstanceKey) => ofInstance(processInstanceKey) !== undefined,
    size: () => size() ?? { unfinishedTurns: 0, longestTurnSteps: 0 },
  };
}
