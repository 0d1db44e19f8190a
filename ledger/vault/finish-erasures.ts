/** Destroys keys whose erasure was recorded before a crash, but not carried out. */
import type { Ledger } from '../ledger.ts';

/** Who erased, in the records of what went by age. */
export const byRetention = 'retention';

/** Erasures that people asked for: before anything is read. */
export async function finishErasures(ledger: Ledger): Promise<void> {
  const erasures = await ledger.db.selectFrom('key_erasures').select('key_id').where('erased_by', '!=', byRetention).execute();
  await eraseRemaining(ledger, erasures);
}

const keysAtOnce = 500;

/** Those of retention, whose entries are gone already: there may be very many, so they are looked through in slices. Returns where to go on; null: done. */
export async function finishRetentionErasures(ledger: Ledger, after: number): Promise<number | null> {
  const erasures = await ledger.db.selectFrom('key_erasures').select(['key_id', 'record_seq']).where('erased_by', '=', byRetention).where('record_seq', '>', after).orderBy('record_seq').limit(keysAtOnce).execute();
  await eraseRemaining(ledger, erasures);
  return erasures.length < keysAtOnce ? null : (erasures.at(-1)?.record_seq ?? null);
}

async function eraseRemaining({ vault }: Ledger, erasures: readonly { key_id: string }[]): Promise<void> {
  await vault.keys.erase(...(await vault.keys.remaining(erasures.map((row) => row.key_id))));
}
