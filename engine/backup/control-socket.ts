// How `npm run backup` talks to the process that has a data folder open: a socket in that folder, for whoever may read the folder anyway.
import { chmodSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Logger } from '../logger.ts';
import { parseJson } from '../parse-json.ts';
import { takeSnapshot } from './snapshot.ts';

const SOCKET = 'control.sock';
/** Longer paths do not fit into the address of a socket. */
const LONGEST_PATH = 103;

/** What the process answers, one JSON per line. */
type Line = { readonly copied: string } | { readonly done: true; readonly takenAt: number } | { readonly refused: string };

export type ControlSocket = { close(): Promise<void> };

export type ControlOptions = {
  readonly folder: string;
  readonly logger: Logger;
  /** Why this process takes no backups, where it does not. */
  readonly refusal?: string;
  /** Called when a snapshot was let go: what was kept for it may be cleaned. */
  readonly afterBackup?: () => void;
};

/** Takes backups for as long as it is open. The caller holds the folder's lock. Without a socket the process runs all the same, and says so in its log. */
export async function openControlSocket({ folder, logger, refusal, afterBackup }: ControlOptions): Promise<ControlSocket> {
  const path = join(folder, SOCKET);
  if (Buffer.byteLength(path) > LONGEST_PATH) {
    logger.warn({ path }, `The path is longer than ${LONGEST_PATH} bytes, so no backup can be taken while this process runs.`);
    return { close: () => Promise.resolve() };
  }
  const underWay = new Set<Promise<void>>();
  const serve = (socket: Socket) => {
    // A client that goes away is told nothing more; what it asked for is finished all the same.
    socket.on('error', (error) => { logger.warn({ error: error.message }, 'The one who asked for a backup has gone.'); });
    linesOf(socket).once('line', (line: string) => {
      const doing = answer(line, (one) => { if (socket.writable) socket.write(`${JSON.stringify(one)}\n`); })
        .finally(() => { socket.end(); underWay.delete(doing); });
      underWay.add(doing);
    });
  };
  const answer = async (line: string, say: (line: Line) => void): Promise<void> => {
    const to = folderAskedFor(line);
    if (to === undefined) return say({ refused: 'This process and the command are of different versions. Use the command of the version that runs.' });
    if (refusal !== undefined) return say({ refused: refusal });
    try {
      const snapshot = takeSnapshot(folder);
      const takenAt = Date.now();
      try {
        await snapshot.copyTo(to, (copied) => say({ copied }));
      } finally {
        snapshot.close();
        afterBackup?.();
      }
      say({ done: true, takenAt });
    } catch (error) {
      logger.error({ error }, 'A backup could not be taken.');
      say({ refused: `The process that has the folder open could not write the backup: ${error instanceof Error ? error.message : String(error)}.` });
    }
  };
  // Left by a process that was killed.
  rmSync(path, { force: true });
  const server = createServer(serve);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  server.unref();
  return {
    close: async () => {
      const closed = new Promise<void>((resolve) => { server.close(() => { resolve(); }); });
      await Promise.allSettled(underWay);
      await closed;
    },
  };
}

/** It repeats what goes wrong with the socket, which is dealt with there. */
function linesOf(socket: Socket): Interface {
  return createInterface({ input: socket }).on('error', () => undefined);
}

function folderAskedFor(line: string): string | undefined {
  const asked: unknown = parseJson(line);
  return typeof asked === 'object' && asked !== null && 'backupTo' in asked && typeof asked.backupTo === 'string' ? asked.backupTo : undefined;
}

export type LiveBackup =
  /** Nobody listens: the folder is not open, or its process offers no backups. */
  | { readonly kind: 'nobody' }
  | { readonly kind: 'done'; readonly takenAt: number }
  | { readonly kind: 'refused'; readonly why: string };

/** Asks the process that has the folder open to copy its files, as of one instant, into an existing empty folder. */
export function askForBackup(folder: string, to: string, onCopied?: (file: string) => void): Promise<LiveBackup> {
  return new Promise((resolve, reject) => {
    let outcome: LiveBackup = { kind: 'refused', why: 'The process that has the folder open ended before the backup was whole.' };
    const socket = createConnection(join(folder, SOCKET));
    socket.once('connect', () => { socket.write(`${JSON.stringify({ backupTo: to })}\n`); });
    socket.once('error', (error) => {
      const code = 'code' in error ? String(error.code) : '';
      if (['ENOENT', 'ECONNREFUSED', 'EINVAL', 'ENAMETOOLONG', 'ENOTSOCK'].includes(code)) resolve({ kind: 'nobody' });
      else if (['ECONNRESET', 'EPIPE'].includes(code)) resolve(outcome);
      else reject(new Error(`The process that has the folder open cannot be reached: the system says ${code}. Run the command as the user that runs that process.`, { cause: error }));
    });
    linesOf(socket).on('line', (text) => {
      // Our own process wrote it, in the version that was checked when it took the request.
      const line = JSON.parse(text) as Line;
      if ('copied' in line) onCopied?.(line.copied);
      else outcome = 'done' in line ? { kind: 'done', takenAt: line.takenAt } : { kind: 'refused', why: line.refused };
    });
    socket.once('close', () => { resolve(outcome); });
  });
}
