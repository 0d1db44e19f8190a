// What people propose from the models' page is what the product itself would propose of the same version.
import { expect, test } from 'vitest';
import { provenArtifact, servedName } from '../../ui/src/features/model-list/served-name.ts';
import { proposalOf } from '../../workers/promotion/proposal-of.ts';

const digest = 'ab'.repeat(32);

test.each([
  ['credit-risk', 'v2', 'local://credit-risk-v2'],
  ['credit-risk', '2', 's3://models/credit/2'],
  ['Credit Risk', 'v2.1_beta', null],
  ['credit-risk', 'credit-risk-2026', 's3://x'],
])('%s %s at %s has the same name in both', (name, version, uri) => {
  const registered = { id: 'v', name: version, model: { id: 'm', name }, author: 'ann', description: null, live: true, properties: {}, createdAt: '2026-01-01T00:00:00.000Z' };
  const artifact = { id: 'a', name: 'model', uri, format: null, digest, live: true, properties: {} };
  const proposal = proposalOf(registered, [artifact]);
  expect(proposal?.model).toEqual({ name: servedName({ name }, { version, artifacts: [{ name: 'model', uri, format: null, digest }] }), version, digest });
});

test('a version without exactly one artefact of known digest cannot be proposed', () => {
  const artifact = { name: 'model', uri: null, format: null, digest };
  expect(provenArtifact({ artifacts: [] })).toBeUndefined();
  expect(provenArtifact({ artifacts: [{ ...artifact, digest: null }] })).toBeUndefined();
  expect(provenArtifact({ artifacts: [artifact, artifact] })).toBeUndefined();
  expect(provenArtifact({ artifacts: [artifact, { ...artifact, digest: null }] })?.digest).toBe(digest);
});
