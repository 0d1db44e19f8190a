/** Destroys keys whose erasure was recorded before a crash, but not carried out. */
import type { Ledger } from '../ledger.ts';

export async function finishErasures(ledger: Ledger): Promise<void> {
  const erasures = await ledger.db.selectFrom('key_erasures').select('key_id').execute();
  for (const { key_id: keyId } of erasures) {
    if ((await ledger.vault.keys.read(keyId)) !== null) await ledger.vault.keys.erase(keyId);
  }
}
