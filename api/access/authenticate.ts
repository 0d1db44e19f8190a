/** Finds out who makes a request. An Authorization header wins over the cookie and must be right where it is given. */
import { findApiKey, findSession, type Ledger } from '../../ledger/index.ts';
import { Problem } from '../problem.ts';
import type { Caller } from './caller.ts';
import { sessionCookie } from './session-cookie.ts';

export type Credentials = { authorization: string | undefined; cookies: Record<string, string | undefined> };

/** The caller, or null where nothing is given or the session has ended. Throws for a wrong Authorization header. */
export async function authenticate(ledger: Ledger, credentials: Credentials): Promise<Caller | null> {
  if (credentials.authorization !== undefined) return byHeader(ledger, credentials.authorization);
  const token = credentials.cookies[sessionCookie];
  if (token === undefined || token === '') return null;
  const session = await findSession(ledger, token);
  return session === null ? null : { kind: 'person', user: session.user, session, token };
}

/** Bearer: the secret of a key. Basic: its id and its secret (what Camunda's own clients can send). */
async function byHeader(ledger: Ledger, header: string): Promise<Caller> {
  const [scheme, value] = split(header.trim(), ' ');
  const apiKey = await findKey(ledger, scheme.toLowerCase(), value.trim());
  if (apiKey === null) throw new Problem('not-signed-in', 'The API key in the header Authorization is not known. Send "Authorization: Bearer <key>" with a key that is valid.', challenge);
  return { kind: 'application', apiKey };
}

async function findKey(ledger: Ledger, scheme: string, value: string) {
  if (value === '') return null;
  if (scheme === 'bearer') return findApiKey(ledger, value);
  if (scheme !== 'basic') return null;
  const [id, secret] = split(Buffer.from(value, 'base64').toString('utf8'), ':');
  return id === '' || secret === '' ? null : findApiKey(ledger, secret, id);
}

function split(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** Tells clients how to sign in. No Basic challenge: browsers would open their own dialog. */
export const challenge = { headers: { 'www-authenticate': 'Bearer realm="Stellwerk"' } };
