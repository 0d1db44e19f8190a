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
  if (!record || (await exists(keys, [signingKeyId])).has(signingKeyId)) return null;
  return "The ledger holds records, but the key store lacks the ledger's own keys.";
}

/** Keys go missing from the newest on, so only cases can lack theirs that came after the newest key that is left was made. */
async function lostDataKey(keys: Kysely<KeyDatabase>, cases: Kysely<Database>): Promise<string | null> {
  const newest = await keys.selectFrom('vault_keys').select(({ fn }) => fn.max('made_at').as('at')).executeTakeFirst();
  const from = newest?.at ?? 0;
  for (let after = { receivedAt: from, caseId: '' }; ; ) {
    const rows = await cases
      .selectFrom('cases')
      .select(['case_id', 'key_id', 'received_at'])
      .where(sql<boolean>`(received_at, case_id) > (${after.receivedAt}, ${after.caseId})`)
      .orderBy('received_at')
      .orderBy('case_id')
      .limit(pageSize)
      .execute();
    const found = await exists(keys, rows.map((row) => row.key_id));
    const lost = rows.find((row) => !found.has(row.key_id));
    if (lost) return `The key of case ${lost.case_id}, which was accepted at ${new Date(lost.received_at).toISOString()}, is not in the key store, whose newest key was made at ${new Date(from).toISOString()}.`;
    const last = rows.at(-1);
    if (rows.length < pageSize || last === undefined) return null;
    after = { receivedAt: last.received_at, caseId: last.case_id };
  }
}

async function exists(keys: Kysely<KeyDatabase>, keyIds: readonly string[]): Promise<Set<string>> {
  if (keyIds.length === 0) return new Set();
  const rows = await keys.selectFrom('vault_keys').select('key_id').where('key_id', 'in', keyIds).execute();
  return new Set(rows.map((row) => row.key_id));
}
