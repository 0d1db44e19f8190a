/** A peer engine in a JVM of its own, driven line by line: a command in, its timings out. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { parking, straightThrough } from '../diagrams.ts';
import { summarise, type Timing } from '../measure.ts';
import type { JavaPeerName, PreparedJavaPeer } from './prepare-java-peer.ts';

const Answer = z.union([z.object({ ready: z.literal(true) }), z.object({ elapsedMs: z.number(), timesMs: z.array(z.number()) })]);

export type JavaPeer = {
  readonly processId: number;
  /** So many threads that start, and as many that complete. */
  useThreads(count: number): Promise<void>;
  run(count: number, atOnce: number): Promise<Timing>;
  /** Parks user tasks until so many are parked. */
  park(count: number): Promise<void>;
  /** Completes so many, one after the other, and parks another for each. */
  completeParked(count: number): Promise<Timing>;
  close(): Promise<void>;
};

/** Runtime and history of instances, activities and the last values of variables: what our engine keeps for its searches. */
const historyLevel = 'audit';

/** `database`: a PostgreSQL address or the path of an H2 file, as PeerDatabase.java takes it. */
export async function startJavaPeer(name: JavaPeerName, { java, classPath, mainClass }: PreparedJavaPeer, folder: string, database: string): Promise<JavaPeer> {
  await mkdir(folder, { recursive: true });
  const diagrams = { 'straight-through.bpmn': straightThrough(name), 'park.bpmn': parking(name) };
  for (const [file, text] of Object.entries(diagrams)) await writeFile(join(folder, file), text);
  const log = join(folder, 'peer.log');
  const child = spawn(java, ['-Xmx2g', '-cp', classPath, mainClass, database, historyLevel, ...Object.keys(diagrams).map((file) => join(folder, file))], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stderr.pipe(createWriteStream(log));
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<z.infer<typeof Answer>> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`The peer ${name} ended:\n${(await readFile(log, 'utf8')).slice(-3_000)}`);
    return Answer.parse(JSON.parse(line.value));
  };
  const timed = async (command: string, atOnce: number): Promise<Timing> => {
    child.stdin.write(`${command}\n`);
    const answer = await next();
    if (!('timesMs' in answer)) throw new Error(`The peer ${name} has no timings for "${command}".`);
    return summarise(answer.timesMs, atOnce, answer.elapsedMs);
  };
  await next();
  return {
    processId: child.pid ?? 0,
    async useThreads(count) {
      child.stdin.write(`threads ${count}\n`);
      await next();
    },
    run: (count, atOnce) => timed(`run ${count} ${atOnce}`, atOnce),
    park: async (count) => void (await timed(`park ${count}`, 1)),
    completeParked: (count) => timed(`complete ${count}`, 1),
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
