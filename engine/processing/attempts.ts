// Runs the commands of a batch so that a defect takes back its own command alone (ADR 154).
import type { DatabaseSync } from 'node:sqlite';
import type { AnyCommand } from '../records.ts';
import type { Commits } from '../store/commits.ts';
import type { Ran } from './run-command.ts';

/** What ends the work of a batch, whoever else waits in it. */
export class BatchOver extends Error {}

/** SQLite took back the whole transaction (disk full, I/O error): the batch is over. */
class TransactionLost extends BatchOver {}

/** A command met a defect while it shared its fate with the others of the batch. */
class Entangled extends BatchOver {}

type Parts = {
  readonly db: DatabaseSync;
  readonly commits: Pick<Commits, 'restart'>;
  readonly run: (command: AnyCommand) => Ran;
  /** What was read from the store may be gone. */
  readonly forget: () => void;
};

export type Attempts = {
  /**
   * Does the work of a batch, between `commits.begin` and `end`. A savepoint copies each page that is written after it, so
   * the commands of a batch share one: where one of them meets a defect, all of them are taken back and the work is done
   * again, with a savepoint for each. So what it does beside `one` must count only once it has returned.
   */
  batch<Done>(work: () => Done): Done;
  /** Runs one command of that work. Throws its defect, and then nothing of it happened; or `BatchOver`, which the work must not catch. */
  one(command: AnyCommand): Ran;
};

export function createAttempts({ db, commits, run, forget }: Parts): Attempts {
  const savepoint = db.prepare('SAVEPOINT command');
  const release = db.prepare('RELEASE command');
  let isEachAlone = false;
  return {
    batch: (work) => {
      isEachAlone = false;
      try {
        return work();
      } catch (error) {
        if (!(error instanceof Entangled)) throw error;
        commits.restart();
        forget();
        isEachAlone = true;
        return work();
      }
    },
    one: (command) => {
      if (isEachAlone) savepoint.run();
      try {
        const ran = run(command);
        if (isEachAlone) release.run();
        return ran;
      } catch (error) {
        if (!db.isTransaction) throw new TransactionLost('The store took the transaction back.', { cause: error });
        if (!isEachAlone) throw new Entangled('A command met a defect.', { cause: error });
        db.exec('ROLLBACK TO command; RELEASE command');
        forget();
        throw error;
      }
    },
  };
}
