/** Reads wrapped keys: the reading half of the key store, also for a folder opened read-only. */
import { createPrivateKey } from 'node:crypto';
import type { Kysely } from 'kysely';
import { publicKeyOf } from '../chain/head.ts';
import type { KeyDatabase } from '../store/database.ts';
import { unseal } from './seal.ts';

export type DataKey = { keyId: string; key: Buffer };

export type KeyReader = { read(keyId: string): Promise<DataKey | null> };

export function createKeyReader(db: Kysely<KeyDatabase>, masterKey: Buffer): KeyReader & { signingPublicKey(): Promise<string | null> } {
  const read = async (keyId: string): Promise<DataKey | null> => {
    const row = await db.selectFrom('vault_keys').select('wrapped').where('key_id', '=', keyId).executeTakeFirst();
    return row?.wrapped ? { keyId, key: unwrapKey(masterKey, keyId, row.wrapped) } : null;
  };
  return {
    read,
    signingPublicKey: async () => {
      const signing = await read(signingKeyId);
      return signing && publicKeyOf(createPrivateKey({ key: signing.key, format: 'der', type: 'pkcs8' }));
    },
  };
}

export const signingKeyId = 'ledger/head-signing';

export function unwrapKey(masterKey: Buffer, keyId: string, wrapped: Uint8Array): Buffer {
  const key = unseal(masterKey, keyId, wrapped);
  if (!key) throw new Error(`The master key does not open the key ${keyId}. Put back the master key that belongs to this data folder.`);
  return key;
}
