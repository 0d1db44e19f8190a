/** Refuses to open a ledger that ends before its last signed head: records that were acknowledged are missing. */
import { renameSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Kysely } from 'kysely';
import type { Database } from '../store/database.ts';
import { StorageError } from '../store/storage-error.ts';
import { readHeads } from './open-reader.ts';

export type LostRecordsCheck = { db: Kysely<Database>; headsFile: string; /** The last record that the operator wants to go on from. */ acceptLoss: number | undefined; now: number };

/** Where exactly this end is accepted, the heads of what is lost are put aside; copies of them kept elsewhere go on telling of it. */
export async function refuseLostRecords({ db, headsFile, acceptLoss, now }: LostRecordsCheck): Promise<void> {
  const heads = readHeads(headsFile);
  if ('badLine' in heads) return;
  const last = (await db.selectFrom('records').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst())?.seq ?? 0;
  const signed = heads.reduce((most, head) => (head.seq > most.seq ? head : most), { seq: 0, at: 0 });
  if (signed.seq <= last) return;
  const told = `The ledger ends at record ${last}, but record ${signed.seq} was signed at ${new Date(signed.at).toISOString()}: at least ${signed.seq - last} acknowledged records are missing.`;
  if (acceptLoss !== last) {
    throw new StorageError('damaged', `${told} Its write-ahead log (ledger.db-wal) was removed or cut, or the file is an older copy. Put the right files back, or restore a backup. To go on without them, set STELLWERK_ACCEPT_LOSS=ledger@${last} for one start.`, undefined);
  }
  const aside = `${headsFile}.before-loss-${new Date(now).toISOString().replaceAll(':', '-')}`;
  const kept = heads.filter(({ seq }) => seq <= last).map((head) => `${JSON.stringify(head)}\n`).join('');
  renameSync(headsFile, aside);
  writeFileSync(headsFile, kept, { mode: 0o644 });
  process.emitWarning(`${told} The start goes on without them, as it was told to; their signed heads are in ${basename(aside)}.`);
}
