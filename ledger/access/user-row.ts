/** Reads a user out of its row. */
import { z } from 'zod';
import type { Selectable } from 'kysely';
import type { Database } from '../store/database.ts';
import { readJson, Texts } from '../store/json-column.ts';
import { roles, type User } from './user.ts';

export function toUser(row: Omit<Selectable<Database['users']>, 'password_hash' | 'record_seq'>): User {
  return {
    userId: row.user_id,
    name: row.name,
    displayName: row.display_name,
    roles: readJson(z.array(z.enum(roles)), row.roles),
    groups: readJson(Texts, row.groups),
    createdAt: row.created_at,
  };
}
