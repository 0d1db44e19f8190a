// What is proposed of a registered version: the model under the name it is to be served by, and where it comes from.
import type { Model } from '../../ledger/index.ts';
import type { RegistryArtifact, RegistryVersion } from '../kubeflow/ports.ts';

export type Proposal = { model: Model; reference: string; trainedBy: string | null };

/** Null without exactly one live artefact that has a digest: nothing could be verified. */
export function proposalOf(version: RegistryVersion, artifacts: readonly RegistryArtifact[]): Proposal | null {
  const [artifact, another] = artifacts.filter(({ live, digest }) => live && digest !== null);
  if (artifact?.digest == null || another !== undefined) return null;
  return { model: { name: servedName(version, artifact), version: version.name, digest: artifact.digest }, reference: version.id, trainedBy: version.author };
}

/** The local model server serves a model under its own name; a platform under model and version, in the letters Kubernetes takes. */
function servedName({ model, name }: RegistryVersion, { uri }: RegistryArtifact): string {
  const local = /^local:\/\/(.+)$/.exec(uri ?? '');
  if (local?.[1] !== undefined) return local[1];
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
  const [family, version] = [plain(model.name), plain(name)];
  return version.startsWith(`${family}-`) ? version : `${family}-${/^\d/.test(version) ? `v${version}` : version}`;
}
