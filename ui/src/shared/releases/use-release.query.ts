/** One release with all that its pages show. Read again while it moves: often on its way to live, seldom after. */
import { useQuery } from '@tanstack/react-query';
import { request } from '../http/request.ts';
import type { ReleaseDetail, ReleaseState } from './release.ts';
import { releaseKeys, releasePath } from './release-keys.ts';

const movingMs = 3_000;
const restingMs = 30_000;
const moving: readonly ReleaseState[] = ['proposed', 'evaluated', 'approved', 'shadow', 'canary'];

export function useRelease(release: string) {
  return useQuery({
    queryKey: releaseKeys.one(release),
    queryFn: ({ signal }) => request<ReleaseDetail>('GET', releasePath(release), undefined, signal),
    refetchInterval: ({ state }) => (state.data !== undefined && moving.includes(state.data.state) ? movingMs : restingMs),
  });
}
