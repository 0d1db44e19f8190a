/**
 * Refuses to open a ledger whose key store lacks keys that cases were sealed with: its last writes are missing, or all of it.
 * The ledger itself is the note of how far the key store had come: a key is on disk before a case is (ADR 140).
 */
import { sql, type Kysely } from 'kysely';
import type { Database, KeyDatabase } from '../store/database.ts';
import { StorageError } from '../store/storage-error.ts';
import { signingKeyId } from './key-reader.ts';

export type LostKeysCheck = { keys: Kysely<KeyDatabase>; cases: Kysely<Database>; /** So many keys are there, and the operator wants to go on with them. */ acceptLoss: number | undefined };

const pageSize = 500;

/** Called before the key store makes a key: those made later would hide that some are missing. */
export async function refuseLostKeys({ keys, cases, acceptLoss }: LostKeysCheck): Promise<void> {
  const told = (await lostSecrets(keys, cases)) ?? (await lostDataKey(keys, cases));
  if (told === null) return;
  const { count } = await keys.selectFrom('vault_keys').select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  const sentence = `${told} What is sealed with keys that are missing cannot be read any more.`;
  if (acceptLoss === count) {
    process.emitWarning(`${sentence} The start goes on without them, as it was told to.`);
    return;
  }
  throw new StorageError('damaged', `${sentence} The write-ahead log of the key store (vault-keys.db-wal) was removed or cut, or the file is an older copy or empty. Put the right files back, or restore a backup. To go on without them, set STELLWERK_ACCEPT_LOSS=keys@${count} for one start.`, undefined);
}

async function lostSecrets(keys: Kysely<KeyDatabase>, cases: Kysely<Database>): Promise<string | null> {
  const record = await cases.selectFrom('records').select('seq').limit(1).executeTakeFirst();
  if (!record || (await timesOf(keys, [signingKeyId])).has(signingKeyId)) return null;
  return "The ledger holds records, but the key store lacks the ledger's own keys.";
}

/**
 * Keys go missing from the newest on, so only cases can lack theirs that came after the newest key that is left was made.
 * From the newest case back, to the first that is older than a key which was met: there is no index of keys by their time.
 */
async function lostDataKey(keys: Kysely<KeyDatabase>, cases: Kysely<Database>): Promise<string | null> {
  let newestKeyAt = -Infinity;
  let lost: CaseOfKey | undefined;
  for (let page = await casesBefore(cases, null); ; ) {
    const madeAt = await timesOf(keys, page.map((row) => row.key_id));
    for (const row of page) {
      // Where one is missing, all keys are looked at: the newest of them may be one that no case has.
      if (!madeAt.has(row.key_id) && lost === undefined) newestKeyAt = Math.max(newestKeyAt, await newestOf(keys));
      newestKeyAt = Math.max(newestKeyAt, madeAt.get(row.key_id) ?? -Infinity);
      if (row.received_at < newestKeyAt) return tellLost(lost, newestKeyAt);
      if (!madeAt.has(row.key_id)) lost = row;
    }
    const last = page.at(-1);
    if (page.length < pageSize || last === undefined) return tellLost(lost, newestKeyAt);
    page = await casesBefore(cases, last);
  }
}

type CaseOfKey = { case_id: string; key_id: string; received_at: number };

function casesBefore(cases: Kysely<Database>, before: CaseOfKey | null): Promise<CaseOfKey[]> {
  const query = cases.selectFrom('cases').select(['case_id', 'key_id', 'received_at']).orderBy('received_at', 'desc').orderBy('case_id', 'desc').limit(pageSize);
  return (before === null ? query : query.where(sql<boolean>`(received_at, case_id) < (${before.received_at}, ${before.case_id})`)).execute();
}

/** 0: there is none. */
async function newestOf(keys: Kysely<KeyDatabase>): Promise<number> {
  const newest = await keys.selectFrom('vault_keys').select(({ fn }) => fn.max('made_at').as('at')).executeTakeFirst();
  return newest?.at ?? 0;
}

function tellLost(lost: CaseOfKey | undefined, newestKeyAt: number): string | null {
  if (lost === undefined) return null;
  return `The key of case ${lost.case_id}, which was accepted at ${new Date(lost.received_at).toISOString()}, is not in the key store, whose newest key was made at ${new Date(newestKeyAt).toISOString()}.`;
}

async function timesOf(keys: Kysely<KeyDatabase>, keyIds: readonly string[]): Promise<Map<string, number>> {
  if (keyIds.length === 0) return new Map();
  const rows = await keys.selectFrom('vault_keys').select(['key_id', 'made_at']).where('key_id', 'in', keyIds).execute();
  return new Map(rows.map((row) => [row.key_id, row.made_at]));
}
