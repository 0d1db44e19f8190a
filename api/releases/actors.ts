/** Names of who did something with a release, from the ids that the ledger keeps. */
import { listApiKeys, listUsers, type Ledger } from '../../ledger/index.ts';
import type { PersonRef } from '../contract/problem.ts';
import type { Actor } from '../contract/releases.ts';

export type Actors = {
  actor(by: string): Actor;
  /** Where it must have been a person. One without an account here stands for itself. */
  person(userId: string): PersonRef;
};

/** Read once per request. People are named by id, or, in older records, by their sign-in name. */
export async function readActors(ledger: Ledger): Promise<Actors> {
  const people = new Map<string, PersonRef>();
  for (const { userId, name, displayName } of await listUsers(ledger)) {
    people.set(userId, { name, displayName });
    people.set(name, { name, displayName });
  }
  const keys = new Map((await listApiKeys(ledger)).map(({ apiKeyId, name }) => [apiKeyId, name]));
  const person = (userId: string): PersonRef => people.get(userId) ?? { name: userId, displayName: userId };
  return {
    person,
    actor: (by) => {
      if (by.startsWith('system:')) return { kind: 'system', name: by.slice('system:'.length) };
      if (by.startsWith('key:')) return { kind: 'application', name: keys.get(by.slice('key:'.length)) ?? by };
      return { kind: 'person', ...person(by) };
    },
  };
}
