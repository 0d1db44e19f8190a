/** A person by the name that tasks and verdicts carry. */
import { findUser, type Ledger } from '../../ledger/index.ts';
import type { PersonRef } from '../contract/problem.ts';

/** A name without an account (a cluster's other users) stands for itself. */
export async function findPerson(ledger: Ledger, name: string): Promise<PersonRef> {
  const user = await findUser(ledger, name);
  return { name, displayName: user?.displayName ?? name };
}
