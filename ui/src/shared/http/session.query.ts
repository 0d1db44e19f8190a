/** Who is signed in, or nobody. Asked once; sign-in and sign-out write the answer. */
import { useQuery } from '@tanstack/react-query';
import type { Session } from '../../../../api/contract/session.ts';
import { ApiError, request, setCsrfToken } from './request.ts';

export type { Session };

export const sessionKey = ['session'] as const;

export function useSession() {
  return useQuery({ queryKey: sessionKey, queryFn: ({ signal }) => readSession(signal), staleTime: Infinity, gcTime: Infinity });
}

/** Remembers the token that changes must carry. */
export function acceptSession(session: Session): Session {
  setCsrfToken(session.csrfToken);
  return session;
}

async function readSession(signal: AbortSignal): Promise<Session | null> {
  try {
    return acceptSession(await request<Session>('GET', '/api/session', undefined, signal));
  } catch (error) {
    if (error instanceof ApiError && error.problem.status === 401) return null;
    throw error;
  }
}
