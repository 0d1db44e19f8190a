/** Writes signed heads outside the database: after every so many records or milliseconds, and at close. */
import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { KeyObject } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { parseHeads, signHead } from './head.ts';
import type { SignedHead } from './record.ts';

export type HeadWriter = {
  /** Says where the chain ends now; called after each commit that wrote records. */
  reached(end: { seq: number; hash: string }): void;
  /** Signs the end of the chain now where that has not been done. */
  sign(): void;
  all(): SignedHead[];
  close(): void;
};

export type HeadWriterOptions = {
  file: string | null;
  signingKey: KeyObject;
  clock: Clock;
  everyRecords: number;
  everyMs: number;
  /** Puts the records on disk: a head may not outlive one that it covers. */
  beforeSigning: () => void;
};

export function createHeadWriter(options: HeadWriterOptions): HeadWriter {
  const store = options.file === null ? createMemoryStore() : createFileStore(options.file);
  let signedSeq = store.all().at(-1)?.seq ?? 0;
  let end = { seq: 0, hash: '' };

  const sign = (): void => {
    if (end.seq <= signedSeq) return;
    options.beforeSigning();
    store.append(signHead(options.signingKey, { ...end, at: options.clock.now() }));
    signedSeq = end.seq;
  };
  // The records are committed already: a head that cannot be written now is written with the next one.
  const trySign = (): void => {
    try {
      sign();
    } catch (error) {
      process.emitWarning(`The signed head of record ${end.seq} could not be written and will be tried again: ${String(error)}`);
    }
  };
  const timer = setInterval(trySign, options.everyMs).unref();
  return {
    reached: (reached) => {
      if (reached.seq > end.seq) end = reached;
      if (signedSeq === 0 || end.seq - signedSeq >= options.everyRecords) trySign();
    },
    sign,
    all: () => store.all(),
    close: () => {
      clearInterval(timer);
      try {
        sign();
      } finally {
        store.close();
      }
    },
  };
}

type HeadStore = { append(head: SignedHead): void; all(): SignedHead[]; close(): void };

function createMemoryStore(): HeadStore {
  const heads: SignedHead[] = [];
  return { append: (head) => void heads.push(head), all: () => [...heads], close: () => {} };
}

function createFileStore(file: string): HeadStore {
  const handle = openSync(file, 'a+', 0o644);
  const text = readFileSync(file, 'utf8');
  // A line that a crash cut off would spoil the next one.
  let length = Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1));
  ftruncateSync(handle, length);
  return {
    append: (head) => {
      try {
        const written = writeSync(handle, `${JSON.stringify(head)}\n`);
        fsyncSync(handle);
        length += written;
      } catch (error) {
        ftruncateSync(handle, length);
        throw error;
      }
    },
    all: () => {
      const parsed = parseHeads(readFileSync(file, 'utf8'));
      if ('badLine' in parsed) throw new Error(`Line ${parsed.badLine} of ${file} is no signed head. Run "npm run verify", then put the file back from a copy.`);
      return parsed.heads;
    },
    close: () => closeSync(handle),
  };
}
