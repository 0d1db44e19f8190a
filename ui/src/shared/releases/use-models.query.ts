/** Models of the registry, and the versions of one. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { request } from '../http/request.ts';
import type { ModelDetail, ModelList } from './release.ts';
import { releaseKeys } from './release-keys.ts';

export function useModels() {
  return useQuery({ queryKey: releaseKeys.models, queryFn: ({ signal }) => request<ModelList>('GET', '/api/models', undefined, signal), refetchInterval: 60_000 });
}

export function useModelVersions(names: readonly string[]) {
  return useQueries({
    queries: names.map((name) => ({
      queryKey: releaseKeys.model(name),
      queryFn: ({ signal }: { signal: AbortSignal }) => request<ModelDetail>('GET', `/api/models/${encodeURIComponent(name)}`, undefined, signal),
    })),
  });
}
