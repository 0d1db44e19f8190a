/** The people behind a proposal: who made it, or who made the API key that did. They cannot vote on it. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/database.ts';

const keyPrefix = 'key:';

/** User ids; none where the product itself proposed. A key's maker is named by id or by sign-in name. */
export async function requestersOf(db: Kysely<Database>, proposedBy: string): Promise<string[]> {
  if (proposedBy.startsWith('system:')) return [];
  if (!proposedBy.startsWith(keyPrefix)) return [proposedBy];
  const key = await db.selectFrom('api_keys').select('created_by').where('api_key_id', '=', proposedBy.slice(keyPrefix.length)).executeTakeFirst();
  if (!key) return [];
  const users = await db
    .selectFrom('users')
    .select('user_id')
    .where((where) => where.or([where('user_id', '=', key.created_by), where('name', '=', key.created_by)]))
    .execute();
  return users.map(({ user_id: id }) => id);
}
