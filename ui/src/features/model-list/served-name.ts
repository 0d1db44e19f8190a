/**
 * Under which name a registered version is served and therefore proposed: the same rule as the product's own proposals
 * (`workers/promotion/proposal-of.ts`; a test holds them equal).
 */
import type { ModelDetail, ModelVersionView } from '../../shared/releases/release.ts';

type Version = Pick<ModelVersionView, 'version' | 'artifacts'>;
type Artifact = ModelVersionView['artifacts'][number];

/** The one artefact that can be verified; undefined where there is none, or more than one. */
export function provenArtifact({ artifacts }: Pick<Version, 'artifacts'>): (Artifact & { digest: string }) | undefined {
  const proven = artifacts.filter((artifact): artifact is Artifact & { digest: string } => artifact.digest !== null);
  return proven.length === 1 ? proven[0] : undefined;
}

/** The local model server serves a model under its own name; a platform under model and version, in the letters Kubernetes takes. */
export function servedName(model: Pick<ModelDetail, 'name'>, { version, artifacts }: Version): string {
  const local = /^local:\/\/(.+)$/.exec(provenArtifact({ artifacts })?.uri ?? '');
  if (local?.[1] !== undefined) return local[1];
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
  const [family, own] = [plain(model.name), plain(version)];
  return own.startsWith(`${family}-`) ? own : `${family}-${/^\d/.test(own) ? `v${own}` : own}`;
}
