/** Reads users: the account, and the last change of its roles and groups. */
import { z } from 'zod';
import type { Kysely } from 'kysely';
import type { Database } from '../store/database.ts';
import { readJson, Texts } from '../store/json-column.ts';
import { roles, type User } from './user.ts';

export function selectUsers(db: Kysely<Database>) {
  return db
    .selectFrom('users as u')
    .leftJoin('user_changes as x', (join) =>
      join.onRef('x.user_id', '=', 'u.user_id').on('x.record_seq', '=', (inner) => inner.selectFrom('user_changes as y').select(({ fn }) => fn.max('y.record_seq').as('last')).whereRef('y.user_id', '=', 'u.user_id')),
    )
    .select(['u.user_id', 'u.name', 'u.display_name', 'u.password_hash', 'u.created_at', 'u.roles', 'u.groups', 'x.roles as changed_roles', 'x.groups as changed_groups']);
}

type UserRow = Omit<Awaited<ReturnType<ReturnType<typeof selectUsers>['execute']>>[number], 'password_hash'>;

export function toUser(row: UserRow): User {
  return {
    userId: row.user_id,
    name: row.name,
    displayName: row.display_name,
    roles: readJson(z.array(z.enum(roles)), row.changed_roles ?? row.roles),
    groups: readJson(Texts, row.changed_groups ?? row.groups),
    createdAt: row.created_at,
  };
}

/** The roles that people have now that count at a go-live, by user id. */
export async function userRoles(db: Kysely<Database>, userIds: readonly string[]): Promise<Map<string, ('approver' | 'process-owner')[]>> {
  if (userIds.length === 0) return new Map();
  const rows = await selectUsers(db).where('u.user_id', 'in', [...new Set(userIds)]).execute();
  return new Map(rows.map(toUser).map((user) => [user.userId, (['approver', 'process-owner'] as const).filter((role) => user.roles.includes(role))]));
}
