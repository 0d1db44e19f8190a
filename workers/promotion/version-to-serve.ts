// What the serving platform is told of a release's version: names, place and format of its artefact.
import type { Lifecycle, StoredService } from '../../ledger/index.ts';
import type { DeployableVersion } from '../kubeflow/ports.ts';
import type { Tools } from '../runtime/worker-definition.ts';
import { currentEvidence } from './current-evidence.ts';
import { findRegistered } from './find-registered.ts';

/** From the evidence where it was collected, else from the registry; the local model server needs neither. */
export async function versionToServe(tools: Pick<Tools, 'ledger' | 'platform' | 'signal'>, life: Lifecycle, service: StoredService): Promise<DeployableVersion> {
  const artefact = await currentEvidence(tools.ledger, life.releaseId, 'artefact');
  const found = artefact?.uri == null ? await findRegistered(tools.platform.registry, life, tools.signal) : null;
  return {
    service: life.service,
    name: life.model.name,
    storageUri: artefact?.uri ?? found?.artifact?.uri ?? '',
    format: { name: artefact?.format ?? found?.artifact?.format?.name ?? 'onnx' },
    digest: life.model.digest,
    protocol: service.definition.model.protocol,
  };
}
