/** Whether a caller may use an operation at all. What it may see inside is the handler's business. */
import { timingSafeEqual } from 'node:crypto';
import type { Access } from '../contract/operation.ts';
import { csrfHeader } from '../contract/session.ts';
import { Problem } from '../problem.ts';
import { challenge } from './authenticate.ts';
import { rolesOf, type Caller, type Person } from './caller.ts';

/** Throws 401 for nobody, 403 for a caller of the wrong kind, role or scope. */
export function authorize(access: Access, caller: Caller | null): void {
  if (access.kind === 'public') return;
  if (caller === null) throw new Problem('not-signed-in', 'Sign in at /api/session, or send "Authorization: Bearer <key>".', challenge);
  if (caller.kind === 'application') authorizeKey(access.keys, caller.apiKey.scopes.engine);
  else if (!rolesOf(caller).some((role) => access.people.includes(role))) throw new Problem('role-missing', roleSentence(access.people, access.keys));
}

function authorizeKey(keys: Extract<Access, { kind: 'restricted' }>['keys'], engine: boolean): void {
  if (keys === 'none') throw new Problem('scope-missing', 'This call is for people who are signed in; an API key cannot make it.');
  if (keys === 'engine' && !engine) throw new Problem('scope-missing', 'This call needs an API key with the scope "engine".');
}

function roleSentence(people: readonly string[], keys: string): string {
  const roles = people.length === 0 ? '' : `one of the roles ${people.join(', ')}`;
  const key = keys === 'none' ? '' : 'an API key';
  return `This call needs ${[roles, key].filter((part) => part !== '').join(', or ')}. Ask an administrator if you should have it.`;
}

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/** A call that changes something and rides on a cookie must carry the session's CSRF token; throws 403 otherwise. */
export function requireCsrfToken(caller: Person, method: string, token: string | undefined): void {
  if (safeMethods.includes(method)) return;
  const expected = Buffer.from(caller.session.csrfToken);
  const given = Buffer.from(token ?? '');
  if (given.length === expected.length && timingSafeEqual(given, expected)) return;
  throw new Problem('csrf-token-missing', `Send the header ${csrfHeader} with the csrfToken that GET /api/session returns.`);
}
