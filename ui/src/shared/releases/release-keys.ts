/** The names under which releases and models are remembered between reads, and what every change does to them. */
import type { QueryClient } from '@tanstack/react-query';
import type { ReleaseDetail, ReleaseState } from './release.ts';

export type ReleaseFilter = { state?: ReleaseState | undefined; service?: string | undefined };

export const releaseKeys = {
  lists: ['releases', 'list'] as const,
  list: (filter: ReleaseFilter) => ['releases', 'list', filter] as const,
  waiting: ['releases', 'waiting'] as const,
  one: (release: string) => ['releases', 'one', release] as const,
  /** Documents are named by their digest: what was read once never changes. */
  evidence: (release: string, digest: string) => ['release-evidence', release, digest] as const,
  models: ['models'] as const,
  model: (name: string) => ['models', name] as const,
};

export function releasePath(release: string, end = ''): string {
  return `/api/releases/${encodeURIComponent(release)}${end}`;
}

/** After any change: the release's new state at once, lists and counts from the server. */
export function acceptRelease(client: QueryClient, detail: ReleaseDetail): void {
  client.setQueryData(releaseKeys.one(detail.release), detail);
  for (const queryKey of [releaseKeys.lists, releaseKeys.waiting, releaseKeys.models, ['service-state', detail.service]]) void client.invalidateQueries({ queryKey });
}
