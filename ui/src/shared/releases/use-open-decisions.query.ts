/** How many go-live decisions wait for a vote of whoever is signed in: the count in the header. */
import { useQuery } from '@tanstack/react-query';
import { request } from '../http/request.ts';
import type { ReleaseList } from './release.ts';
import { releaseKeys } from './release-keys.ts';

export function useOpenDecisions(enabled: boolean) {
  return useQuery({
    queryKey: releaseKeys.waiting,
    queryFn: async ({ signal }) => (await request<ReleaseList>('GET', '/api/releases?limit=1', undefined, signal)).waitingForMe,
    refetchInterval: 30_000,
    enabled,
  });
}
