/**
 * The store of keys, apart from the data they open. Every key lies there wrapped by the master key; taking one out
 * makes everything sealed with it unreadable, in backups of the ledger too.
 */
import { createSecretKey, generateKeySync, randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Clock } from '../clock.ts';
import type { KeyDatabase } from '../store/database.ts';
import type { GroupCommit } from '../store/group-commit.ts';
import { inChunks } from '../store/in-chunks.ts';
import { createKeyReader, type DataKey } from './key-reader.ts';
import { keyedHash, seal } from './seal.ts';

export type KeyStore = {
  /** One of the ledger's own secrets, made by `make` when it is asked for first. */
  secret(name: string, make: () => Buffer): Promise<Buffer>;
  /** The key of a person, made when first asked for. */
  keyOfSubject(subject: string): Promise<DataKey>;
  findSubject(subject: string): Promise<string | null>;
  newCaseKey(): Promise<DataKey>;
  /** Null: erased, or never there. */
  read(keyId: string): Promise<DataKey | null>;
  purposeOf(keyId: string): Promise<'ledger' | 'subject' | 'case' | null>;
  /** Destroys keys for good. Repeating changes nothing. */
  erase(...keyIds: string[]): Promise<void>;
  /** Which of these keys were not destroyed. */
  remaining(keyIds: readonly string[]): Promise<string[]>;
  /** Another process destroyed it. */
  forget: (keyId: string) => void;
  /** Others may have destroyed any. */
  forgetAll: () => void;
  close(): Promise<void>;
};

export type KeyStoreOptions = { db: Kysely<KeyDatabase>; inTurn: Kysely<KeyDatabase>; commits: GroupCommit; masterKey: Buffer; clock: Clock; afterErasure: (keyIds: readonly string[]) => void | Promise<void> };

const emptyRow = { subject_hash: null, erased_at: null };

const sparePerWrite = 32;

export async function createKeyStore(options: KeyStoreOptions): Promise<KeyStore> {
  const { db, inTurn, commits, clock } = options;
  const masterKey = createSecretKey(options.masterKey);
  const unwrapped = createKeyCache();

  const stored = createKeyReader(db, masterKey);
  const secret = async (name: string, make: () => Buffer): Promise<Buffer> => {
    const keyId = `ledger/${name}`;
    const known = await stored.bytes(keyId);
    if (known) return known;
    const key = make();
    const values = { ...emptyRow, key_id: keyId, purpose: 'ledger' as const, wrapped: seal(masterKey, keyId, key), made_at: clock.now() };
    await db.insertInto('vault_keys').values(values).onConflict((conflict) => conflict.column('key_id').doNothing()).execute();
    // Two processes that start at once on an empty ledger: the first one's secret is the secret.
    return (await stored.bytes(keyId)) ?? key;
  };
  const hashKey = createSecretKey(await secret('subject-hash', () => randomBytes(32)));
  const findSubject = async (subject: string): Promise<string | null> => {
    const row = await db.selectFrom('vault_keys').select('key_id').where('subject_hash', '=', keyedHash(hashKey, subject)).executeTakeFirst();
    return row?.key_id ?? null;
  };
  const read = async (keyId: string): Promise<DataKey | null> => {
    const key = unwrapped.get(keyId) ?? (await stored.read(keyId))?.key;
    if (!key) return null;
    unwrapped.put(keyId, key);
    return { keyId, key };
  };
  const makeSubjectKey = async (subject: string): Promise<DataKey> => {
    const keyId = randomUUID();
    const key = newKey();
    const values = { ...emptyRow, key_id: keyId, purpose: 'subject' as const, subject_hash: keyedHash(hashKey, subject), wrapped: seal(masterKey, keyId, key.export()), made_at: clock.now() };
    // Persons whose first cases come together share a commit; it is durable before anything is sealed with their keys.
    const insert = inTurn.insertInto('vault_keys').values(values).onConflict((conflict) => conflict.column('subject_hash').doNothing());
    const result = await commits.run(() => insert.executeTakeFirst(), 'durable');
    // Two first cases of one person at once: the other one's key is the key.
    return result.numInsertedOrUpdatedRows === 0n ? keyOfSubject(subject) : { keyId, key };
  };
  const keyOfSubject = async (subject: string): Promise<DataKey> => {
    const keyId = await findSubject(subject);
    const key = keyId === null ? null : await read(keyId);
    return key ?? makeSubjectKey(subject);
  };
  // Made in advance, so that accepting a case rarely waits for a second disk write. Those left at the end stay unused.
  const spare: DataKey[] = [];
  let making: Promise<void> | undefined;
  const makeSpareKeys = async (): Promise<void> => {
    const keys = Array.from({ length: sparePerWrite }, () => ({ keyId: randomUUID(), key: newKey() }));
    const values = keys.map(({ keyId, key }) => ({ ...emptyRow, key_id: keyId, purpose: 'case' as const, wrapped: seal(masterKey, keyId, key.export()), made_at: clock.now() }));
    await db.insertInto('vault_keys').values(values).execute();
    spare.push(...keys);
  };
  return {
    secret,
    findSubject,
    keyOfSubject,
    read,
    newCaseKey: async () => {
      for (;;) {
        const key = spare.pop();
        if (key) {
          unwrapped.put(key.keyId, key.key);
          return key;
        }
        await (making ??= makeSpareKeys().finally(() => (making = undefined)));
      }
    },
    purposeOf: async (keyId) => (await db.selectFrom('vault_keys').select('purpose').where('key_id', '=', keyId).executeTakeFirst())?.purpose ?? null,
    erase: async (...keyIds) => {
      if (keyIds.length === 0) return;
      const drop = (): void => { for (const keyId of keyIds) unwrapped.drop(keyId); };
      drop();
      await db.updateTable('vault_keys').set({ wrapped: null, subject_hash: null, erased_at: clock.now() }).where('key_id', 'in', keyIds).where('purpose', '!=', 'ledger').where('erased_at', 'is', null).execute();
      // Whoever read it meanwhile has put it back.
      drop();
      await options.afterErasure(keyIds);
    },
    remaining: async (keyIds) => {
      const rows = await inChunks(keyIds, (chunk) => db.selectFrom('vault_keys').select('key_id').where('key_id', 'in', chunk).where('wrapped', 'is not', null).execute());
      return rows.map((row) => row.key_id);
    },
    forget: (keyId) => { unwrapped.drop(keyId); },
    forgetAll: () => { unwrapped.clear(); },
    close: () => db.destroy(),
  };
}

function newKey(): KeyObject {
  return generateKeySync('aes', { length: 256 });
}

/** Unwrapped keys of the latest cases, so that a case's steps do not unwrap its key each time. */
function createKeyCache(): { get(keyId: string): KeyObject | undefined; put(keyId: string, key: KeyObject): void; drop(keyId: string): void; clear(): void } {
  const limit = 2000;
  const keys = new Map<string, KeyObject>();
  return {
    get: (keyId) => keys.get(keyId),
    put: (keyId, key) => {
      keys.delete(keyId);
      keys.set(keyId, key);
      const oldest = keys.keys().next();
      if (keys.size > limit && !oldest.done) keys.delete(oldest.value);
    },
    // Node overwrites the bytes when the key object is collected.
    drop: (keyId) => void keys.delete(keyId),
    clear: () => keys.clear(),
  };
}
