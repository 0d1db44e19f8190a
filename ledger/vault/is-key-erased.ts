/** Whether the chain says that a key was erased; the key itself may still be there, until it is destroyed. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/database.ts';
import { prepareQuery } from '../store/prepared-query.ts';

export async function isKeyErased(db: Kysely<Database>, keyId: string): Promise<boolean> {
  return (await erasureOfKey.first(db, { keyId })) !== undefined;
}

const erasureOfKey = prepareQuery((db, { keyId }: { keyId: string }) => db.selectFrom('key_erasures').select('key_id').where('key_id', '=', keyId));
