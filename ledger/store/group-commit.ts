/**
 * Group commit: units of work that wait at the same time share one transaction and one wait for the disk. One that
 * fails takes back itself alone; nobody is answered before the commit.
 */
import type { Turns } from './node-sqlite-dialect.ts';
import { asStorageError } from './storage-error.ts';
import type { Durability, Transaction } from './transaction.ts';

export type GroupCommit = {
  /** Resolves after the commit. Rejects with everything undone where `work` fails, or the group could not be committed. */
  run<T>(work: () => Promise<T>, durability: Durability): Promise<T>;
  /** Resolves when no unit waits or runs. */
  settled(): Promise<void>;
};

type Parts = {
  transaction: Transaction;
  /** Held from begin to commit: reads wait, and never see what is not committed. */
  turns: Turns;
  /** Called where a whole group was taken back: what was remembered of it is not so. */
  takenBack: () => void;
};

type Answer = () => void;
/** Does the work and says how to answer; rejects where the work fails. */
type Unit = { attempt: () => Promise<Answer>; fail: (error: unknown) => void; durability: Durability };

const ranks: Readonly<Record<Durability, number>> = { light: 0, ordered: 1, durable: 2 };

function strongest(units: readonly Unit[]): Durability {
  let found: Durability = 'light';
  for (const { durability } of units) if (ranks[durability] > ranks[found]) found = durability;
  return found;
}

/** Bounds how long readers wait for a group. */
const largestGroup = 200;

export function createGroupCommit({ transaction, turns, takenBack }: Parts): GroupCommit {
  const waiting: Unit[] = [];
  const idle: (() => void)[] = [];
  let isBusy = false;

  const runGroup = async (): Promise<void> => {
    await turns.take();
    const group: Unit[] = [];
    const answers = await commitGroup(group).catch((error: unknown) => takeBack(group, error));
    turns.give();
    for (const answer of answers) answer();
    if (waiting.length > 0) return schedule();
    isBusy = false;
    for (const resolve of idle.splice(0)) resolve();
  };

  /** Units that come while the group runs join it; one that must be safer than the group does not join it, which is over at once. */
  const commitGroup = async (group: Unit[]): Promise<Answer[]> => {
    const durability = strongest(waiting);
    const answers: Answer[] = [];
    await transaction.begin(durability);
    while (group.length < largestGroup) {
      const next = waiting[0];
      if (next === undefined || ranks[next.durability] > ranks[durability]) break;
      waiting.shift();
      group.push(next);
      answers.push(await runUnit(next));
    }
    await transaction.commit();
    return answers;
  };

  const runUnit = async (unit: Unit): Promise<Answer> => {
    await transaction.mark();
    try {
      const answer = await unit.attempt();
      await transaction.keep();
      return answer;
    } catch (error) {
      // A full disk has taken the whole transaction back: then all of the group fails.
      if (!transaction.isUnderWay()) throw error;
      await transaction.undo();
      return () => unit.fail(error);
    }
  };

  /** Where it could not even begin, those who wait are answered, so that nobody waits for ever. */
  const takeBack = async (group: Unit[], error: unknown): Promise<Answer[]> => {
    if (transaction.isUnderWay()) await transaction.rollback();
    takenBack();
    const reason = asStorageError(error);
    const lost = group.length > 0 ? group : waiting.splice(0);
    return lost.map((unit) => () => unit.fail(reason));
  };

  const schedule = (): void => {
    isBusy = true;
    setImmediate(() => void runGroup());
  };

  return {
    run: (work, durability) =>
      new Promise((resolve, reject) => {
        const attempt = async (): Promise<Answer> => {
          const result = await work();
          return () => resolve(result);
        };
        waiting.push({ attempt, fail: reject, durability });
        if (!isBusy) schedule();
      }),
    settled: () => (isBusy ? new Promise((resolve) => idle.push(resolve)) : Promise.resolve()),
  };
}
