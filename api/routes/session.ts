/** Signing in and out. */
import { checkPassword, createSession, endSession } from '../../ledger/index.ts';
import { rolesOf, type Caller, type Person } from '../access/caller.ts';
import { passwordQueue } from '../access/password-queue.ts';
import { clearSessionCookie, setSessionCookie } from '../access/session-cookie.ts';
import type { Session, readSession as readSessionOperation, signIn as signInOperation, signOut as signOutOperation } from '../contract/session.ts';
import { toMoment } from '../moment.ts';
import { Problem } from '../problem.ts';
import type { Handler } from './handler.ts';

/** A working day. */
const sessionMs = 12 * 3_600_000;

/** One address may try this many times as often as one name from it: colleagues share an address, and so does one guess sprayed over all names. */
const namesPerAddress = 3;

export const signIn: Handler<typeof signInOperation> = async ({ body, ip }, parts) => {
  parts.limits.signIn.take(ip, namesPerAddress);
  parts.limits.signIn.take(`${ip} ${body.name}`);
  const user = await passwordQueue.run(() => checkPassword(parts.ledger, body.name, body.password));
  if (user === null) throw new Problem('sign-in-failed', 'Name and password do not match. After the first start the accounts stand in first-run.json in the data folder.');
  const { token, csrfToken, expiresAt } = await createSession(parts.ledger, { userId: user.userId, lifetimeMs: sessionMs });
  const person: Person = { kind: 'person', user, session: { user, csrfToken, expiresAt }, token };
  return { status: 200, body: sessionView(person), headers: { 'set-cookie': setSessionCookie(token, expiresAt, parts.secureCookies) } };
};

export const readSession: Handler<typeof readSessionOperation> = async ({ caller }) => ({ status: 200, body: sessionView(personOf(caller)) });

export const signOut: Handler<typeof signOutOperation> = async ({ caller }, parts) => {
  await endSession(parts.ledger, personOf(caller).token);
  return { status: 204, headers: { 'set-cookie': clearSessionCookie(parts.secureCookies) } };
};

function sessionView(person: Person): Session {
  const { user, session } = person;
  return {
    user: { name: user.name, displayName: user.displayName, roles: rolesOf(person), groups: user.groups },
    csrfToken: session.csrfToken,
    expiresAt: toMoment(session.expiresAt),
  };
}

/** For operations that take no API keys. */
export function personOf(caller: Caller): Person {
  if (caller.kind === 'person') return caller;
  throw new Error('An API key came through to an operation for people.');
}
