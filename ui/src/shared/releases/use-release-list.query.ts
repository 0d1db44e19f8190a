/** Releases, newest proposal first, page by page. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { request } from '../http/request.ts';
import type { ReleaseList } from './release.ts';
import { releaseKeys, type ReleaseFilter } from './release-keys.ts';

export function useReleaseList(filter: ReleaseFilter) {
  return useInfiniteQuery({
    queryKey: releaseKeys.list(filter),
    queryFn: ({ pageParam, signal }) => request<ReleaseList>('GET', `/api/releases${search(filter, pageParam)}`, undefined, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });
}

function search(filter: ReleaseFilter, cursor: string | undefined): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, cursor })) if (value !== undefined) parameters.set(name, value);
  return parameters.size === 0 ? '' : `?${parameters.toString()}`;
}
