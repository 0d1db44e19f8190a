/** Signs a person in: the answer carries who it is and the token that later changes must show. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../shared/http/request.ts';
import { acceptSession, sessionKey, type Session } from '../../shared/http/session.query.ts';

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: { name: string; password: string }) => request<Session>('POST', '/api/session', credentials),
    onSuccess: (session) => client.setQueryData(sessionKey, acceptSession(session)),
  });
}
