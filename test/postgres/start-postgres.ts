/** A real PostgreSQL server on loopback, in a folder of its own: Debian's package, durable as in production. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

export type RunningPostgres = {
  /** `postgres://…` of an empty database. */
  readonly url: string;
  /** Of the server's first process, as it runs now. */
  processId(): number;
  /** Ends it at once, as a power failure would, and starts it again on its data. */
  crashAndRestart(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
};

const debian = '/usr/lib/postgresql';
/** PostgreSQL refuses to run as root: Debian's `nobody`. */
const nobody = 65_534;

/** Null, or a sentence that says why there is none. */
export async function whyNoPostgres(): Promise<string | null> {
  return (await binaries()) === null ? `No PostgreSQL server is installed below ${debian}: install the package "postgresql".` : null;
}

async function binaries(): Promise<string | null> {
  const versions = (await readdir(debian).catch((): string[] => [])).filter((name) => /^\d+$/.test(name)).sort((a, b) => Number(b) - Number(a));
  return versions[0] === undefined ? null : join(debian, versions[0], 'bin');
}

export async function startPostgres(): Promise<RunningPostgres> {
  const bin = await binaries();
  if (bin === null) throw new Error((await whyNoPostgres()) ?? '');
  const folder = await mkdtemp(join(tmpdir(), 'stellwerk-postgres-'));
  const as = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  if (process.getuid?.() === 0) await chown(folder, nobody, nobody);
  const data = join(folder, 'data');
  await writeFile(join(folder, 'password'), 'test\n', { mode: 0o644 });
  await run(join(bin, 'initdb'), ['-D', data, '-U', 'stellwerk', '--auth=scram-sha-256', `--pwfile=${join(folder, 'password')}`, '--no-instructions', '-E', 'UTF8', '--locale=C.UTF-8'], { ...as, cwd: folder });
  const sockets = join(folder, 'sockets');
  await mkdir(sockets);
  if (process.getuid?.() === 0) await chown(sockets, nobody, nobody);
  const port = await freePort();
  const url = `postgres://stellwerk:test@127.0.0.1:${port}/postgres`;
  let child: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    child = spawn(join(bin, 'postgres'), ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', sockets, '-c', 'max_connections=300'], { ...as, cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] });
    await untilUp(url, child);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child === null || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  await start();
  return {
    url,
    processId: () => child?.pid ?? 0,
    start,
    stop: () => end('SIGINT'),
    crashAndRestart: async () => {
      // Immediate shutdown: every session is cut, nothing is flushed, the log is replayed at the start.
      await end('SIGQUIT');
      await start();
    },
    close: async () => {
      await end('SIGINT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function untilUp(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    const up = await client.connect().then(() => true, () => false);
    if (up) return client.end();
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('The PostgreSQL server did not come up.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  server.close();
  await once(server, 'close');
  return typeof at === 'object' && at !== null ? at.port : 0;
}
