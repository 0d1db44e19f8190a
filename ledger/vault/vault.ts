/** The vault: the key store and the ledger's own secrets, opened. */
import { createPrivateKey, createSecretKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import type { DataKey } from './key-reader.ts';
import type { KeyStore } from './key-store.ts';
import { keyedHash } from './seal.ts';

export type Vault = {
  readonly keys: KeyStore;
  /** Signs the heads of the chain. */
  readonly signingKey: KeyObject;
  /** Seals what belongs to no case: texts about services, seeds of draws. */
  readonly ownKey: DataKey;
  readonly webhookKey: KeyObject;
  /** A hash that nobody can find by guessing: of business ids, idempotency keys. */
  hash(purpose: string, text: string): string;
};

export async function openVault(keys: KeyStore): Promise<Vault> {
  const randomSecret = async (name: string): Promise<KeyObject> => createSecretKey(await keys.secret(name, () => randomBytes(32)));
  const hashKey = await randomSecret('lookup-hash');
  const signing = await keys.secret('head-signing', makeSigningKey);
  const ownKey = await randomSecret('own-data');
  return {
    keys,
    signingKey: createPrivateKey({ key: signing, format: 'der', type: 'pkcs8' }),
    ownKey: { keyId: ownKeyId, key: ownKey },
    webhookKey: await randomSecret('webhook'),
    hash: (purpose, text) => keyedHash(hashKey, `${purpose}\n${text}`),
  };
}

/** The key id under which `keys.read` finds the key of what belongs to no case. */
export const ownKeyId = 'ledger/own-data';

function makeSigningKey(): Buffer {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' });
}
