/** What `verifyChain` reads: a steady view of the ledger, its signed heads, and the keys where they are at hand. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/database.ts';
import type { DataKey } from '../vault/key-reader.ts';
import type { SignedHead } from './record.ts';

export type ChainReader = {
  /** Read before the view was opened, so that no head is ahead of it. */
  heads: SignedHead[] | { badLine: number };
  /** One read transaction. */
  db: Kysely<Database>;
  /** True where an erasure of this key has been recorded by now, also after the view was opened. */
  isErased(keyId: string): Promise<boolean>;
  /** Null without the master key: then sealed parts stay unchecked. */
  readKey: ((keyId: string) => Promise<DataKey | null>) | null;
  /** The key that must have signed, where known from elsewhere than the heads. */
  publicKey: string | null;
  close(): Promise<void>;
};
