// Writes back to the model registry what became of a release: stage, end date, approvers, and what serves the service.
import { PlatformError } from '../kubeflow/platform-error.ts';
import type { Tools } from '../runtime/worker-definition.ts';
import { currentEvidence } from './current-evidence.ts';
import { lifeOf } from './release-in-hand.ts';

/** A version that the registry no longer knows is left alone. Throws `PlatformError`. */
export async function tellRegistry({ ledger, platform, signal }: Pick<Tools, 'ledger' | 'platform' | 'signal'>, releaseId: string): Promise<void> {
  const life = await lifeOf(ledger, releaseId);
  const versionId = (await currentEvidence(ledger, releaseId, 'registry'))?.versionId;
  if (versionId === undefined) return;
  const live = life.state === 'live';
  try {
    await platform.registry.writeState(
      versionId,
      { releaseId, stage: life.state, validUntil: live && life.terms !== null ? new Date(life.terms.validUntil).toISOString() : null, approvers: life.terms?.approvedBy ?? null },
      { signal },
    );
    await platform.registry.recordServing({ service: life.service, versionId, deployed: live }, { signal });
  } catch (error) {
    if (!(error instanceof PlatformError) || error.kind !== 'not-found') throw error;
  }
}
