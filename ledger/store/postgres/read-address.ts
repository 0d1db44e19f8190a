/** Takes DATABASE_URL apart: the server's own address, and the schema that is ours. */
import { StorageError } from '../storage-error.ts';

/** `?schema=NAME` names another schema than `stellwerk`. Throws a sentence where it cannot be one. */
export function readAddress(url: string): { address: string; schema: string } {
  const parsed = new URL(url);
  const schema = parsed.searchParams.get('schema') ?? 'stellwerk';
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(schema)) throw new StorageError('unreadable', `"${schema}" cannot be the schema in DATABASE_URL: use small letters, digits and underscores, at most 41, a letter first.`, undefined);
  parsed.searchParams.delete('schema');
  return { address: parsed.toString(), schema };
}
