/** Everything that a person does to a release; each answers with a release as it then is (after a roll-back: the one that decides then). */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../http/request.ts';
import type { CastVote, ReleaseDetail } from './release.ts';
import { acceptRelease, releaseKeys, releasePath } from './release-keys.ts';

export type Reassessment = 'renew' | 'retrain' | 'roll-back' | 'withdraw';

export type ReleaseAct =
  | { path: 'votes'; body: CastVote }
  | { path: 'answer'; body: { text: string } }
  | { path: 'step'; body?: undefined }
  | { path: 'stop' | 'roll-back'; body: { reason: string } }
  | { path: 'reassessment'; body: { answer: Reassessment; reason: string } };

export function useActOnRelease(release: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ path, body }: ReleaseAct) => request<ReleaseDetail>('POST', releasePath(release, `/${path}`), body),
    onSuccess: (detail) => {
      acceptRelease(client, detail);
      if (detail.release !== release) void client.invalidateQueries({ queryKey: releaseKeys.one(release) });
    },
    onError: () => void client.invalidateQueries({ queryKey: releaseKeys.one(release) }),
  });
}
