/** Who makes a request: a signed-in person or an application with its key. */
import type { ApiKey, Session, User } from '../../ledger/index.ts';
import { personRoles, type PersonRole } from '../contract/operation.ts';

export type Person = { kind: 'person'; user: User; session: Session; token: string };
export type Application = { kind: 'application'; apiKey: ApiKey };
export type Caller = Person | Application;

/** The roles of a person that the API knows. */
export function rolesOf(person: Person): PersonRole[] {
  return personRoles.filter((role) => person.user.roles.includes(role));
}

/** How the ledger names who did something: a user id, or `key:` and the key's id. */
export function actorOf(caller: Caller): string {
  return caller.kind === 'application' ? `key:${caller.apiKey.apiKeyId}` : caller.user.userId;
}

/** What rate limits count by. */
export function callerKey(caller: Caller): string {
  return caller.kind === 'application' ? `key:${caller.apiKey.apiKeyId}` : `user:${caller.user.userId}`;
}
