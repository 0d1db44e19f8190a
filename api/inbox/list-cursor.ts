/** Cursors of inbox lists: the engine's own cursor, sealed, tied to the list and filters it belongs to. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '../../ledger/parse-json.ts';
import { Problem } from '../problem.ts';
import type { TaskSearch } from './engine-tasks.ts';
import type { InboxSeal } from './inbox-seal.ts';

const Cursor = z.tuple([z.string().min(1), z.string()]);

export function writeListCursor(seal: InboxSeal, endCursor: string, search: TaskSearch): string {
  return seal.sealText(JSON.stringify([endCursor, searchDigest(search)]));
}

/** The engine's cursor. Throws 400 for one that is unreadable or of another list; the engine checks its own part. */
export function readListCursor(seal: InboxSeal, cursor: string, search: TaskSearch): string {
  const parsed = Cursor.safeParse(parseJson(seal.openText(cursor) ?? ''));
  if (!parsed.success || parsed.data[1] !== searchDigest(search)) throw new Problem('cursor-invalid', 'The cursor is not one of this list with these filters. Begin again without a cursor.');
  return parsed.data[0];
}

function searchDigest(search: TaskSearch): string {
  const { list, person, service, createdBefore, dueBefore } = search;
  return createHash('sha256').update(JSON.stringify([list, person, service, createdBefore, dueBefore])).digest('base64url').slice(0, 12);
}
