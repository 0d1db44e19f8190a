// Documents that processes refer to: bytes with metadata in a SQLite file beside the engine's, until they expire or are deleted.
import { existsSync } from 'node:fs';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import { digestOf } from '../digest-of.ts';
import type { Key } from '../keys.ts';
import { OPENING_TIMEOUT_MS } from '../store/opening-timeout.ts';

/** What is known of a document; absent is what its sender did not say. */
export type DocumentMetadata = {
  readonly contentType: string;
  readonly fileName: string;
  /** Epoch milliseconds. */
  readonly expiresAt?: number;
  readonly processDefinitionId?: string;
  readonly processInstanceKey?: Key;
  readonly customProperties: Readonly<Record<string, unknown>>;
};

export type StoredDocument = {
  readonly id: string;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly contentHash: string;
  readonly size: number;
  readonly metadata: DocumentMetadata;
};

export type NewDocument = { readonly id: string; readonly content: Uint8Array; readonly metadata: DocumentMetadata };

export type Documents = {
  /** Stores all of them or, where an id is taken, none; undefined then. On disk when it answers. */
  create(documents: readonly NewDocument[]): readonly StoredDocument[] | undefined;
  get(id: string): StoredDocument | undefined;
  contentOf(id: string): Uint8Array | undefined;
  /** Whether there was one. */
  delete(id: string): boolean;
  close(): void;
};

/** Of the file that this program reads and writes. */
export const DOCUMENTS_VERSION = 1;
/** Expired documents are not found any more at once; their bytes go at the next call that writes, or so much later. */
const SWEEP_EVERY_MS = 3_600_000;

const SCHEMA = `
  CREATE TABLE documents (
    id                     TEXT PRIMARY KEY,
    content_hash           TEXT NOT NULL,
    size                   INTEGER NOT NULL,
    content_type           TEXT NOT NULL,
    file_name              TEXT NOT NULL,
    expires_at             INTEGER,
    process_definition_id  TEXT,
    process_instance_key   INTEGER,
    custom_properties      TEXT NOT NULL,
    content                BLOB NOT NULL
  ) STRICT;
  CREATE INDEX documents_expiry ON documents (expires_at) WHERE expires_at IS NOT NULL;`;
const COLUMNS = 'id, content_hash, size, content_type, file_name, expires_at, process_definition_id, process_instance_key, custom_properties';
const PRESENT = '(expires_at IS NULL OR expires_at > ?)';

/** The file is made with the first document; whoever opens the engine holds its lock for this one, too. */
export function openDocuments(file: string, clock: Clock): Documents {
  let opened: DatabaseSync | undefined;
  const open = () => (opened ??= openFile(file));
  const existing = () => opened ?? (file !== ':memory:' && existsSync(file) ? open() : undefined);
  const sweep = () => existing()?.prepare('DELETE FROM documents WHERE expires_at <= ?').run(clock.now());
  sweep();
  const sweeping = setInterval(sweep, SWEEP_EVERY_MS).unref();
  return {
    create: (documents) => {
      sweep();
      return insertAll(open(), documents);
    },
    get: (id) => {
      const row = existing()?.prepare(`SELECT ${COLUMNS} FROM documents WHERE id = ? AND ${PRESENT}`).get(id, clock.now());
      return row === undefined ? undefined : documentOf(row);
    },
    contentOf: (id) => {
      const content = existing()?.prepare(`SELECT content FROM documents WHERE id = ? AND ${PRESENT}`).get(id, clock.now())?.['content'];
      return content instanceof Uint8Array ? content : undefined;
    },
    delete: (id) => Number(existing()?.prepare(`DELETE FROM documents WHERE id = ? AND ${PRESENT}`).run(id, clock.now()).changes ?? 0) > 0,
    close: () => {
      clearInterval(sweeping);
      opened?.close();
    },
  };
}

function openFile(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: OPENING_TIMEOUT_MS });
  // What was deleted is overwritten, not only forgotten.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
  const found = db.prepare('PRAGMA user_version').get()?.['user_version'];
  if (found === 0) db.exec(`BEGIN; ${SCHEMA}; PRAGMA user_version = ${DOCUMENTS_VERSION}; COMMIT`);
  else if (found !== DOCUMENTS_VERSION) {
    db.close();
    throw new Error(`The documents in ${file} have version ${String(found)}, this program reads version ${DOCUMENTS_VERSION}. Start the program that wrote them.`);
  }
  return db;
}

function insertAll(db: DatabaseSync, documents: readonly NewDocument[]): StoredDocument[] | undefined {
  const isTaken = db.prepare('SELECT 1 FROM documents WHERE id = ?');
  if (documents.some(({ id }) => isTaken.get(id) !== undefined)) return undefined;
  const insert = db.prepare(`INSERT INTO documents (${COLUMNS}, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  db.exec('BEGIN');
  try {
    const stored = documents.map(({ id, content, metadata }) => {
      const contentHash = digestOf(content);
      insert.run(id, contentHash, content.length, metadata.contentType, metadata.fileName, metadata.expiresAt ?? null, metadata.processDefinitionId ?? null,
        metadata.processInstanceKey ?? null, JSON.stringify(metadata.customProperties), content);
      return { id, contentHash, size: content.length, metadata };
    });
    db.exec('COMMIT');
    return stored;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function documentOf(row: Readonly<Record<string, SQLOutputValue>>): StoredDocument {
  const { expires_at: expiresAt, process_definition_id: processDefinitionId, process_instance_key: processInstanceKey } = row;
  return {
    id: String(row['id']),
    contentHash: String(row['content_hash']),
    size: Number(row['size']),
    metadata: {
      contentType: String(row['content_type']),
      fileName: String(row['file_name']),
      ...(expiresAt === null ? {} : { expiresAt: Number(expiresAt) }),
      ...(processDefinitionId === null ? {} : { processDefinitionId: String(processDefinitionId) }),
      ...(processInstanceKey === null ? {} : { processInstanceKey: Number(processInstanceKey) }),
      customProperties: JSON.parse(String(row['custom_properties'])) as Record<string, unknown>,
    },
  };
}
