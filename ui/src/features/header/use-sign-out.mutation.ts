/** Ends the session here and on the server, and forgets everything that was read. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request, setCsrfToken } from '../../shared/http/request.ts';
import { sessionKey } from '../../shared/http/session.query.ts';

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request<void>('DELETE', '/api/session'),
    onSuccess: () => {
      setCsrfToken(undefined);
      client.clear();
      client.setQueryData(sessionKey, null);
    },
  });
}
