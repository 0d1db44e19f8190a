/**
 * Preloaded (`node --import`) into a server that is to die: kills the process (SIGKILL) at a named point of the stores' work.
 * The product knows nothing of it; STELLWERK_TEST_KILL_AT, a JSON of `KillPoint`, is read here only.
 */
import { appendFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';

export const KillPoint = z.object({
  /** The SQLite file whose work is counted, without its folder. */
  file: z.string(),
  /**
   * `before-commit`: all is written, nothing committed. `after-commit`: committed, nobody answered. `in-checkpoint`: while
   * the log is written back into the file. `in-script`: after the n-th statement of a script (schema, migration).
   */
  at: z.enum(['before-commit', 'after-commit', 'in-checkpoint', 'in-script']),
  /** Which commit, or statement, of the process's life; from 1. */
  nth: z.int().positive(),
  /** `in-checkpoint`: so long after its beginning. */
  afterMicroseconds: z.int().nonnegative().default(0),
  /** `killed` is written to this file before the kill, and `over` where a checkpoint ended before it. */
  log: z.string(),
});
export type KillPoint = z.infer<typeof KillPoint>;

const text = process.env['STELLWERK_TEST_KILL_AT'];
if (text !== undefined && text !== '') watch(KillPoint.parse(JSON.parse(text)));

function watch(point: KillPoint): void {
  const { exec, prepare } = originals();
  let count = 0;
  const isMeant = (db: DatabaseSync) => db.isOpen && db.location()?.endsWith(`/${point.file}`) === true;
  const reached = (db: DatabaseSync) => isMeant(db) && ++count === point.nth;
  const say = (what: string) => appendFileSync(point.log, `${what}\n`);

  const commit = (db: DatabaseSync, run: () => unknown): unknown => {
    if (!reached(db)) return run();
    if (point.at === 'before-commit') die(say);
    const done = run();
    if (point.at === 'after-commit') die(say);
    checkpoint(db, point, say, exec);
    return done;
  };
  /** A script statement by statement, so that the kill falls between two of them. */
  const script = (db: DatabaseSync, sql: string): void => {
    for (const statement of sql.replaceAll(/--.*$/gm, '').split(';')) {
      if (statement.trim() === '') continue;
      exec.call(db, statement);
      if (reached(db)) die(say);
    }
  };

  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
    if (point.at === 'in-script' && sql.includes('user_version =')) script(this, sql);
    else if (point.at !== 'in-script' && isCommit(sql)) commit(this, () => { exec.call(this, sql); });
    else exec.call(this, sql);
  };
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, ...given: Parameters<typeof prepare>) {
    const statement = prepare.apply(this, given);
    if (point.at === 'in-script' || !isCommit(given[0])) return statement;
    const run = statement.run.bind(statement);
    // A commit takes no values.
    statement.run = () => commit(this, () => run()) as ReturnType<typeof run>;
    return statement;
  };
}

const isCommit = (sql: string): boolean => /^\s*COMMIT\b/i.test(sql);

/** As they were before this file took their place. */
function originals() {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with their database
  const { exec, prepare } = DatabaseSync.prototype;
  return { exec, prepare };
}

function die(say: (what: string) => void): never {
  say('killed');
  process.kill(process.pid, 'SIGKILL');
  for (;;);
}

/** SQLite works in one call, so another thread kills; this one never comes back from here. */
function checkpoint(db: DatabaseSync, { afterMicroseconds }: KillPoint, say: (what: string) => void, exec: DatabaseSync['exec']): never {
  const begun = new Int32Array(new SharedArrayBuffer(4));
  new Worker(
    `const { workerData: { begun, after } } = require('node:worker_threads');
     Atomics.wait(begun, 0, 0);
     const until = process.hrtime.bigint() + BigInt(after) * 1000n;
     while (process.hrtime.bigint() < until);
     process.kill(process.pid, 'SIGKILL');`,
    { eval: true, workerData: { begun, after: afterMicroseconds }, execArgv: [] },
  );
  // The thread must stand ready before the checkpoint begins.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);
  say('killed');
  Atomics.store(begun, 0, 1);
  Atomics.notify(begun, 0);
  exec.call(db, 'PRAGMA wal_checkpoint(TRUNCATE)');
  say('over');
  for (;;);
}
