/** Proposes a model version; a repeated proposal answers with the one that is open. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../http/request.ts';
import type { ProposeRelease, ReleaseDetail } from './release.ts';
import { acceptRelease } from './release-keys.ts';

export function useProposeRelease() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (proposal: ProposeRelease) => request<ReleaseDetail>('POST', '/api/releases', proposal),
    onSuccess: (detail) => acceptRelease(client, detail),
  });
}
