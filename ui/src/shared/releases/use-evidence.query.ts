/** Documents of evidence, each read by its own: a part that fails or is slow keeps no other from being shown. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { request } from '../http/request.ts';
import type { EvidenceDocument, EvidenceOf } from './evidence.ts';
import type { EvidenceEntry, EvidenceKind, ReleaseDetail } from './release.ts';
import { releaseKeys, releasePath } from './release-keys.ts';

/** The newest document of a kind; undefined where there is none. */
export function entryOf(detail: ReleaseDetail, kind: EvidenceKind): EvidenceEntry | undefined {
  return detail.evidence.find((entry) => entry.kind === kind && entry.current);
}

export type EvidencePart<Document> = { state: 'missing' } | { state: 'loading' } | { state: 'failed'; error: unknown; retry: () => void } | { state: 'here'; document: Document };

export function useEvidence<Kind extends EvidenceKind>(detail: ReleaseDetail, kind: Kind): EvidencePart<EvidenceOf<Kind>> {
  const entry = entryOf(detail, kind);
  const read = useQuery({ ...queryOf(detail.release, entry?.digest ?? ''), enabled: entry !== undefined });
  if (entry === undefined) return { state: 'missing' };
  if (read.isError) return { state: 'failed', error: read.error, retry: () => void read.refetch() };
  if (read.data === undefined) return { state: 'loading' };
  // The border: the server stored this document under this kind, and checked its shape then.
  return { state: 'here', document: read.data.document as EvidenceOf<Kind> };
}

/** Whether everything that a vote rests on is there and has been read, the gate's result last of all: until then nobody votes. */
export function useAllEvidence(detail: ReleaseDetail): 'loading' | 'failed' | 'here' {
  const needed = detail.evidence.filter(({ current, votedOn }) => current && votedOn);
  const reads = useQueries({ queries: needed.map(({ digest }) => queryOf(detail.release, digest)) });
  if (reads.some(({ isError }) => isError)) return 'failed';
  return detail.gate !== null && reads.every(({ data }) => data !== undefined) ? 'here' : 'loading';
}

function queryOf(release: string, digest: string) {
  return {
    queryKey: releaseKeys.evidence(release, digest),
    queryFn: ({ signal }: { signal: AbortSignal }) => request<EvidenceDocument>('GET', evidencePath(release, digest), undefined, signal),
    staleTime: Infinity,
  };
}

export function evidencePath(release: string, digest: string): string {
  return releasePath(release, `/evidence/${digest}`);
}
