// Starts the real engine as a child process and talks to it: commands in, records out.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { request } from 'node:http';
import { z } from 'zod';
import type { PreparedOracle } from './prepare-oracle.ts';

/** One entry of the real engine's log. Its value is read by whoever knows the value type. */
const recordSchema = z.object({
  key: z.number(),
  position: z.number(),
  /** Of the record that brought it about; -1: from outside. */
  sourceRecordPosition: z.number(),
  recordType: z.enum(['COMMAND', 'EVENT', 'COMMAND_REJECTION']),
  valueType: z.string(),
  intent: z.string(),
  rejectionType: z.string(),
  rejectionReason: z.string(),
  value: z.record(z.string(), z.unknown()),
});
export type OracleRecord = z.infer<typeof recordSchema>;

/** The real engine itself failed, not a command in it. */
export class OracleFailure extends Error {}
/** It had still something to do after half a minute. */
export class OracleWithoutRest extends OracleFailure {}

export type OracleCommand = { readonly valueType: string; readonly intent: string; readonly key?: number; readonly value: object };

export type Oracle = {
  /** A new, empty engine whose clock stands at that instant; the records of its start are dropped. */
  reset(now: number): Promise<void>;
  /** Writes the command and answers with all records until the engine is quiet. */
  command(command: OracleCommand): Promise<readonly OracleRecord[]>;
  /** Moves the clock and answers with what that brought about. */
  moveClock(now: number): Promise<readonly OracleRecord[]>;
  /** Its whole log since the reset, commands too: who looks for the rule behind a difference reads it. */
  log(): Promise<readonly OracleRecord[]>;
  close(): Promise<void>;
};

/** An engine that was left behind is never given back whole by the library (4 MB each, measured): after so many a new process takes over. */
const ENGINES_PER_PROCESS = 150;

/** That many engines to be used at the same time, in one process; each ends with its `close()`, or when this process ends. */
export async function startOracles(prepared: PreparedOracle, count: number): Promise<Oracle[]> {
  let newest: Shared = { process: startProcess(prepared), users: 0, engines: 0 };
  await newest.process;
  const leave = async (shared: Shared) => {
    if (--shared.users === 0) await (await shared.process).close();
  };
  return Array.from({ length: count }, (_, index): Oracle => {
    let mine = newest;
    mine.users++;
    const call = async (action: string, body: object) => (await mine.process).call(`/engine-${index}/${action}`, body);
    return {
      reset: async (now) => {
        if (newest.engines >= ENGINES_PER_PROCESS) newest = { process: startProcess(prepared), users: 0, engines: 0 };
        if (mine !== newest) {
          const left = mine;
          mine = newest;
          mine.users++;
          await leave(left);
        }
        mine.engines++;
        await call('reset', { now });
      },
      command: (command) => call('command', command),
      moveClock: (now) => call('clock', { now }),
      log: () => call('log', {}),
      close: () => leave(mine),
    };
  });
}

/** A process with the engines that live in it. */
type Shared = { readonly process: Promise<Running>; users: number; engines: number };
type Running = { call(path: string, body: object): Promise<readonly OracleRecord[]>; close(): Promise<void> };

async function startProcess({ java, classPath }: PreparedOracle): Promise<Running> {
  const options = ['-Xmx1500m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Duser.timezone=UTC', '--enable-native-access=ALL-UNNAMED', '-cp', classPath];
  const child = spawn(java, [...options, 'OracleEngine'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The real engine ended with code ${code} before it was ready.`)));
    child.once('error', reject);
    createInterface({ input: child.stdout }).once('line', (line) => resolve(z.object({ port: z.number() }).parse(JSON.parse(line)).port));
  });
  return {
    call: async (path, body) => readRecords(await post(port, path, JSON.stringify(body))),
    close: async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}

function readRecords(lines: string): OracleRecord[] {
  return lines.split('\n').filter((line) => line !== '').map((line) => recordSchema.parse(JSON.parse(line)));
}

function post(port: number, path: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, method: 'POST' }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => { text += chunk; });
      answer.on('end', () => {
        if (answer.statusCode === 200) return resolve(text);
        const Failure = answer.statusCode === 504 ? OracleWithoutRest : OracleFailure;
        reject(new Failure(`The real engine could not do ${path}: ${text}`));
      });
      answer.on('error', reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}
