// The look into the model registry: what it proposes, what it leaves alone, and what it does when the registry is down.
import { afterEach, describe, expect, it } from 'vitest';
import { listLifecycles, rejectRelease, type Ledger } from '../../../ledger/index.ts';
import { proposalOf } from '../../../workers/promotion/proposal-of.ts';
import { watchRegistry, type RegistryWatch } from '../../../workers/promotion/watch-registry.ts';
import { addVersion, standInPlatform, unavailable, type StandIn } from '../../processes/releases/stand-in-platform.ts';
import { openTestLedger } from '../ledger-fixture.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

async function open(): Promise<{ ledger: Ledger; platform: StandIn; watch: RegistryWatch; warnings: string[] }> {
  const { ledger } = await openTestLedger();
  const platform = standInPlatform();
  const warnings: string[] = [];
  const note = (_fields: Record<string, unknown>, message: string) => { warnings.push(message); };
  const watch = watchRegistry({ ledger, registry: platform.platform.registry, serviceProperty: 'decision_service', log: { info: () => undefined, warn: note, error: note } });
  opened.push(() => ledger.close(), () => watch.stop());
  await watch.look();
  return { ledger, platform, watch, warnings };
}

const meant = { model: 'risk', properties: { decision_service: 'risk' } };

async function proposals(ledger: Ledger): Promise<string[]> {
  const page = await listLifecycles(ledger, { services: ['risk'] });
  return page.kind === 'page' ? page.items.filter(({ source }) => source === 'registry').map(({ model, reference, trainedBy }) => `${model.name} ${reference} ${trainedBy}`) : [];
}

describe('the look into the registry', () => {
  it('proposes a version that names a service, once', async () => {
    const { ledger, platform, watch } = await open();
    addVersion(platform, { id: '7', name: '2', digest: 'e'.repeat(64), author: 'tom', ...meant });
    await watch.look();
    await watch.look();
    expect(await proposals(ledger)).toEqual(['risk-v2 7 tom']);
    expect(watch.metrics()).toEqual({ proposed: 1, failed: 0 });
  });

  it('leaves alone what names no service, what is released already, and what was rejected once', async () => {
    const { ledger, platform, watch } = await open();
    addVersion(platform, { id: '1', name: '1', digest: 'd'.repeat(64), ...meant });
    addVersion(platform, { id: '5', name: '5', model: 'other', digest: 'a'.repeat(64) });
    await watch.look();
    expect(await proposals(ledger)).toEqual([]);
    platform.versions.clear();
    addVersion(platform, { id: '7', name: '2', digest: 'e'.repeat(64), ...meant });
    await watch.look();
    const page = await listLifecycles(ledger, { services: ['risk'], limit: 1 });
    if (page.kind === 'page' && page.items[0] !== undefined) await rejectRelease(ledger, { releaseId: page.items[0].releaseId, by: 'test' });
    await watch.look();
    expect(await proposals(ledger)).toHaveLength(1);
  });

  it('says that a version without a SHA-256 cannot be proposed, and goes on after an outage', async () => {
    const { ledger, platform, watch, warnings } = await open();
    addVersion(platform, { id: '7', name: '2', digest: 'e'.repeat(64), ...meant });
    const [artifact] = platform.versions.get('7')?.artifacts ?? [];
    if (artifact !== undefined) artifact.digest = null;
    await watch.look();
    expect(warnings.at(-1)).toMatch(/no artefact with a SHA-256/);
    platform.failing.set('registry', unavailable());
    await watch.look();
    expect(watch.metrics().failed).toBe(1);
    platform.failing.clear();
    if (artifact !== undefined) artifact.digest = 'e'.repeat(64);
    await watch.look();
    expect(await proposals(ledger)).toHaveLength(1);
  });
});

describe('the name a version is served by', () => {
  it.each([
    ['risk', '2', 's3://m/2', 'risk-v2'],
    ['Credit Risk', 'Release 2.1', 's3://m/2', 'credit-risk-release-2-1'],
    ['risk', 'risk-v2', 's3://m/2', 'risk-v2'],
    ['risk', '2', 'local://credit-risk-v2', 'credit-risk-v2'],
  ])('of %s %s at %s is %s', (model, name, uri, served) => {
    const platform = standInPlatform();
    addVersion(platform, { id: 'x', name, model, digest: 'e'.repeat(64) });
    const found = platform.versions.get('x');
    if (found === undefined) throw new Error('there is no version');
    expect(proposalOf(found.version, found.artifacts.map((artifact) => ({ ...artifact, uri })))?.model.name).toBe(served);
  });
});
