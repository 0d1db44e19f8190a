/** Signing in and out of people. The session is a cookie; calls that change something also carry its CSRF token. */
import { z } from 'zod';
import { operation, personRoles } from './operation.ts';
import { Moment, NoContent } from './values.ts';

/** The header that carries `Session.csrfToken` on POST and DELETE calls made with the cookie. */
export const csrfHeader = 'x-csrf-token';

export const PersonRole = z.enum(personRoles);

export const Session = z
  .strictObject({
    user: z.strictObject({
      name: z.string(),
      displayName: z.string(),
      roles: z.array(PersonRole),
      /** Candidate groups whose tasks the person sees. */
      groups: z.array(z.string()),
    }),
    csrfToken: z.string(),
    expiresAt: Moment,
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

export const SignIn = z.strictObject({ name: z.string().min(1).max(100), password: z.string().min(1).max(500) });
export type SignIn = z.infer<typeof SignIn>;

export const signIn = operation({
  id: 'signIn',
  method: 'POST',
  path: '/api/session',
  tag: 'Session',
  summary: 'Sign in with name and password',
  access: { kind: 'public' },
  body: SignIn,
  responses: { 200: Session },
  problems: ['sign-in-failed', 'too-many-requests'],
});

export const readSession = operation({
  id: 'readSession',
  method: 'GET',
  path: '/api/session',
  tag: 'Session',
  summary: 'Who is signed in, with the CSRF token',
  access: { kind: 'restricted', people: personRoles, keys: 'none' },
  responses: { 200: Session },
  problems: [],
});

export const signOut = operation({
  id: 'signOut',
  method: 'DELETE',
  path: '/api/session',
  tag: 'Session',
  summary: 'Sign out',
  access: { kind: 'restricted', people: personRoles, keys: 'none' },
  responses: { 204: NoContent },
  problems: [],
});
