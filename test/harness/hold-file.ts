/** Holds a SQLite file as a reader does that brings a write-ahead log back after a kill: nobody else can open it meanwhile. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const program = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { DatabaseSync } = require('node:sqlite');
  const db = new DatabaseSync(workerData.file);
  db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT');
  parentPort.postMessage('held');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, workerData.ms);
  db.close();`;

/** Resolves once the file is held, from a thread of its own: who opens a file waits without letting others run. */
export async function holdFile(file: string, ms: number): Promise<void> {
  await once(new Worker(program, { eval: true, workerData: { file, ms } }), 'message');
}
