/** Reads wrapped keys: the reading half of the key store, also for a folder opened read-only. */
import { createPrivateKey, createSecretKey, type KeyObject } from 'node:crypto';
import type { Kysely } from 'kysely';
import { publicKeyOf } from '../chain/head.ts';
import type { KeyDatabase } from '../store/database.ts';
import { unseal, type Secret } from './seal.ts';

export type DataKey = { keyId: string; key: KeyObject };

export type KeyReader = { read(keyId: string): Promise<DataKey | null> };

export function createKeyReader(db: Kysely<KeyDatabase>, masterKey: Secret): KeyReader & { bytes(keyId: string): Promise<Buffer | null>; signingPublicKey(): Promise<string | null> } {
  const bytes = async (keyId: string): Promise<Buffer | null> => {
    const row = await db.selectFrom('vault_keys').select('wrapped').where('key_id', '=', keyId).executeTakeFirst();
    return row?.wrapped ? unwrapKey(masterKey, keyId, row.wrapped) : null;
  };
  return {
    bytes,
    read: async (keyId) => {
      const key = await bytes(keyId);
      return key && { keyId, key: createSecretKey(key) };
    },
    signingPublicKey: async () => {
      const signing = await bytes(signingKeyId);
      return signing && publicKeyOf(createPrivateKey({ key: signing, format: 'der', type: 'pkcs8' }));
    },
  };
}

export const signingKeyId = 'ledger/head-signing';

export function unwrapKey(masterKey: Secret, keyId: string, wrapped: Uint8Array): Buffer {
  const key = unseal(masterKey, keyId, wrapped);
  if (!key) throw new Error(`The master key does not open the key ${keyId}. Put back the master key that belongs to this data folder.`);
  return key;
}
