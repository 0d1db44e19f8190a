// What the local model server loads at a start: the versions of releases under way, page after page, and no others.
import { describe, expect, it } from 'vitest';
import { proposeRelease, withdrawRelease, getService, listReleases } from '../../ledger/index.ts';
import { modelsToLoad } from '../../api/run/models-to-load.ts';
import { openTestLedger } from '../workers/ledger-fixture.ts';

const next = { name: 'risk-v2', version: '2', digest: 'e'.repeat(64) };

describe('the versions to load', () => {
  it('are none where nothing was released, so that every version can be tried', async () => {
    const { ledger } = await openTestLedger({ release: 'none' });
    expect(await modelsToLoad(ledger)).toEqual([]);
  });

  it('are those that decide and those that are proposed, until they end', async () => {
    const { ledger } = await openTestLedger();
    expect((await getService(ledger, 'risk'))?.version).toBe(1);
    await proposeRelease(ledger, { service: 'risk', kind: 'promotion', model: next, source: 'hand', reference: null, proposedBy: 'user-1', trainedBy: null });
    expect(await modelsToLoad(ledger)).toEqual(['risk-v1', 'risk-v2']);
    const [live] = await listReleases(ledger);
    await withdrawRelease(ledger, { releaseId: live?.releaseId ?? '', by: 'user-1' });
    expect(await modelsToLoad(ledger)).toEqual(['risk-v2']);
  });
});
