/** People, their sessions, and the keys of applications. */

export const roles = ['expert', 'approver', 'process-owner', 'ml-engineer', 'auditor', 'administrator', 'application'] as const;
export type Role = (typeof roles)[number];

export type User = { userId: string; name: string; displayName: string; roles: Role[]; groups: string[]; createdAt: number };

/** `token` goes into the cookie and is stored hashed only; `csrfToken` must come back in a header. */
export type NewSession = { token: string; csrfToken: string; expiresAt: number };

export type Session = { user: User; csrfToken: string; expiresAt: number };

/** What a key opens: cases of these services; the engine's `/v2`; starting these processes (ids, or `*`). */
export type Scopes = { services: string[]; engine: boolean; processes: string[] };

export type ApiKey = { apiKeyId: string; name: string; scopes: Scopes; createdBy: string; createdAt: number };

/** `secret` is shown once. As bearer: the secret. As Basic: `apiKeyId` and the secret. */
export type NewApiKey = { apiKey: ApiKey; secret: string };
