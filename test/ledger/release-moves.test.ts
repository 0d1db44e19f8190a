// Moves of a release: every allowed one, every refused one, and what each owes the processes.
import { describe, expect, test } from 'vitest';
import { activeRelease, addEvidence, claimOutbox, getLifecycle, listLifecycles, moveRelease, openRelease, proposeRelease, putRoutingTable, putService, rejectRelease, releaseHistory, releaseStates, stopRelease, withdrawRelease, type Ledger, type ReleaseState } from '../../ledger/index.ts';
import { isAllowedMove } from '../../ledger/releases/allowed-moves.ts';
import { definition, model } from './fixture.ts';
import { artefact, automatic, canaryReport, candidate, card, certificate, evaluationReport, evidence, lifeBench, move, pilotTerms, propose, sha, shadowReport, upTo, vote } from './lifecycle-fixture.ts';

const by = 'system:promotion';
const why = { code: 'TEST' };

describe('the table of moves', () => {
  const allowed = (kind: 'promotion' | 'renewal' | 'rollback') =>
    releaseStates.flatMap((from) => releaseStates.filter((to) => isAllowedMove(kind, from, to)).map((to) => `${from}>${to}`));

  test('lets a promotion pass through shadow and canary, and end from everywhere', () => {
    expect(allowed('promotion')).toEqual([
      'proposed>evaluated', 'proposed>withdrawn', 'proposed>rejected',
      'evaluated>approved', 'evaluated>withdrawn', 'evaluated>rejected',
      'approved>shadow', 'approved>withdrawn',
      'shadow>canary', 'shadow>withdrawn',
      'canary>canary', 'canary>live', 'canary>withdrawn', 'canary>expired',
      'live>renewed', 'live>superseded', 'live>withdrawn', 'live>expired',
    ]);
  });

  test('lets a renewal go from its approval to live, and a roll-back at once', () => {
    expect(allowed('renewal').filter((step) => step.startsWith('approved'))).toEqual(['approved>live', 'approved>withdrawn']);
    expect(allowed('rollback')).toEqual(['proposed>live', 'live>renewed', 'live>superseded', 'live>withdrawn', 'live>expired']);
  });

  const states = ['proposed', 'evaluated', 'approved', 'shadow', 'canary', 'live'] as const;
  test.each(states)('is what the ledger holds to from %s', async (from) => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, from);
    for (const to of releaseStates) {
      if (to === from || (isAllowedMove('promotion', from, to) && to !== 'renewed' && to !== 'superseded')) continue;
      const refused = await moveRelease(bench.ledger, { releaseId, to, by, why, share: 50, terms: automatic });
      expect(refused, to).toMatchObject({ kind: 'refused', reason: 'NOT_ALLOWED' });
    }
    expect((await getLifecycle(bench.ledger, releaseId))?.state).toBe(from);
  });

  test.each(['renewed', 'superseded'] as const)('lets nobody say "%s": only a successor does', async (to) => {
    const bench = await lifeBench();
    expect(await moveRelease(bench.ledger, { releaseId: bench.champion, to, by, why })).toMatchObject({ reason: 'NOT_ALLOWED' });
  });
});

describe('a proposal', () => {
  test('starts the promotion once, and the same one again answers with it', async () => {
    const bench = await lifeBench();
    const first = await propose(bench);
    expect(first).toMatchObject({ state: 'proposed', kind: 'promotion', predecessor: bench.champion, riskTier: 'high', share: 0, terms: null });
    expect(await proposeRelease(bench.ledger, { service: 'loans', kind: 'promotion', model: candidate, source: 'hand', reference: null, proposedBy: 'another', trainedBy: null })).toEqual({ kind: 'repeated', release: first });
    const messages = await messagesOf(bench.ledger);
    expect(messages.filter(({ name }) => name === 'release-proposed')).toEqual([
      { kind: 'publish-message', name: 'release-proposed', messageId: first.releaseId, correlationKey: first.releaseId, variables: { releaseId: first.releaseId, service: 'loans', kind: 'promotion', riskTier: 'high' } },
    ]);
  });

  test('is one at a time per service, also of two that come together', async () => {
    const bench = await lifeBench();
    const request = { service: 'loans', kind: 'promotion' as const, source: 'hand' as const, reference: null, proposedBy: 'x', trainedBy: null };
    const results = await Promise.all(['a', 'b'].map((word) => proposeRelease(bench.ledger, { ...request, model: { ...candidate, digest: sha(word) } })));
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['proposed', 'refused']);
    expect(results.find(({ kind }) => kind === 'refused')).toMatchObject({ reason: 'PROMOTION_OPEN' });
  });

  test('is possible again once the one before has ended', async () => {
    const bench = await lifeBench();
    const { releaseId } = await propose(bench);
    await rejectRelease(bench.ledger, { releaseId, by });
    expect((await propose(bench)).releaseId).not.toBe(releaseId);
  });

  test('is refused for an unknown service, for what is live already, and for a predecessor that is not live', async () => {
    const { ledger } = await lifeBench();
    const request = { service: 'loans', kind: 'promotion' as const, model: candidate, source: 'api' as const, reference: null, proposedBy: 'x', trainedBy: null };
    expect(await proposeRelease(ledger, { ...request, service: 'none' })).toMatchObject({ reason: 'SERVICE_UNKNOWN' });
    expect(await proposeRelease(ledger, { ...request, model })).toMatchObject({ reason: 'MODEL_LIVE' });
    expect(await proposeRelease(ledger, { ...request, predecessor: 'other' })).toMatchObject({ reason: 'PREDECESSOR_NOT_LIVE' });
  });

  test('of a renewal names the live release and keeps its model', async () => {
    const bench = await lifeBench();
    const request = { service: 'loans', kind: 'renewal' as const, source: 'watch' as const, reference: null, proposedBy: 'x', trainedBy: null };
    expect(await proposeRelease(bench.ledger, { ...request, model })).toMatchObject({ reason: 'PREDECESSOR_MISSING' });
    expect(await proposeRelease(bench.ledger, { ...request, model, predecessor: 'other' })).toMatchObject({ reason: 'PREDECESSOR_NOT_LIVE' });
    expect(await proposeRelease(bench.ledger, { ...request, model: candidate, predecessor: bench.champion })).toMatchObject({ reason: 'PREDECESSOR_OTHER_MODEL' });
    expect(await proposeRelease(bench.ledger, { ...request, model, predecessor: bench.champion })).toMatchObject({ kind: 'proposed', release: { predecessor: bench.champion } });
  });
});

describe('a move', () => {
  test('that was made answers already, and writes nothing', async () => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, 'shadow');
    const before = await releaseHistory(bench.ledger, releaseId);
    expect(await moveRelease(bench.ledger, { releaseId, to: 'shadow', by, why })).toMatchObject({ kind: 'already', release: { state: 'shadow' } });
    expect(await releaseHistory(bench.ledger, releaseId)).toEqual(before);
  });

  test('of a release that is not there is refused', async () => {
    const { ledger } = await lifeBench();
    expect(await moveRelease(ledger, { releaseId: 'none', to: 'shadow', by, why })).toMatchObject({ reason: 'RELEASE_UNKNOWN' });
  });

  test('to evaluated needs an artefact in the evidence, and the proposed one', async () => {
    const bench = await lifeBench();
    const { releaseId } = await propose(bench);
    const evaluate = () => moveRelease(bench.ledger, { releaseId, to: 'evaluated', by, why });
    expect(await evaluate()).toMatchObject({ reason: 'EVIDENCE_MISSING' });
    await evidence(bench, releaseId, artefact(sha('swapped')));
    expect(await evaluate()).toMatchObject({ reason: 'EVIDENCE_CHANGED' });
    await evidence(bench, releaseId, artefact(candidate.digest, sha('something else is served')));
    expect(await evaluate()).toMatchObject({ reason: 'EVIDENCE_CHANGED' });
    await evidence(bench, releaseId, artefact(candidate.digest, candidate.digest));
    expect(await evaluate()).toMatchObject({ kind: 'moved' });
  });

  test('to approved needs the votes, whatever the caller says', async () => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, 'evaluated');
    const approve = () => moveRelease(bench.ledger, { releaseId, to: 'approved', by, why });
    expect(await approve()).toMatchObject({ reason: 'NOT_APPROVED' });
    await vote(bench, releaseId, bench.people.approver);
    expect(await approve()).toMatchObject({ reason: 'NOT_APPROVED' });
    await vote(bench, releaseId, bench.people.owner);
    expect(await approve()).toMatchObject({ kind: 'moved', release: { state: 'approved' } });
  });

  test('within the canary only grows the share', async () => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, 'shadow');
    await evidence(bench, releaseId, shadowReport(releaseId));
    const canary = (share?: number) => moveRelease(bench.ledger, { releaseId, to: 'canary', by, why, terms: automatic, ...(share !== undefined && { share }) });
    for (const share of [undefined, 0, 101, 12.5, -1]) expect(await canary(share), String(share)).toMatchObject({ reason: 'SHARE_INVALID' });
    expect(await canary(10)).toMatchObject({ kind: 'moved', release: { share: 10 } });
    expect(await canary(10)).toMatchObject({ kind: 'already' });
    expect(await canary(50)).toMatchObject({ kind: 'moved', release: { share: 50 } });
    expect(await canary(20)).toMatchObject({ reason: 'SHARE_INVALID' });
    expect(await moveRelease(bench.ledger, { releaseId, to: 'live', by, why, share: 100 })).toMatchObject({ reason: 'SHARE_INVALID' });
  });

  test('to live ends the one before in the same transaction and tells both watches', async () => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, 'live');
    expect(await getLifecycle(bench.ledger, bench.champion)).toMatchObject({ state: 'superseded', share: 0, terms: { end: { how: 'superseded' } } });
    expect(await activeRelease(bench.ledger, 'loans')).toMatchObject({ state: 'live', release: { releaseId, threshold: 0.8 }, policyInForce: true });
    const messages = await messagesOf(bench.ledger);
    expect(messages).toContainEqual({ kind: 'publish-message', name: 'release-superseded', messageId: `${bench.champion}:ended`, correlationKey: bench.champion, variables: {} });
    const live = messages.find(({ messageId }) => messageId === `${releaseId}:live`);
    expect(live).toMatchObject({ name: 'release-live', correlationKey: releaseId, variables: { releaseId, service: 'loans', validUntil: new Date(bench.clock.now() + 90 * 86_400_000).toISOString() } });
  });

  test('to live is refused before the last share of the plan, and without a report on it that says go on', async () => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, 'canary');
    const live = () => moveRelease(bench.ledger, { releaseId, to: 'live', by, why });
    await evidence(bench, releaseId, canaryReport(releaseId, { share: 10 }));
    expect(await live()).toMatchObject({ reason: 'SHARE_INVALID', message: 'The canary has 10 % of the cases; it goes live from 100 %. Take the steps before.' });
    await move(bench, releaseId, 'canary', { share: 100 });
    expect(await live()).toMatchObject({ reason: 'EVIDENCE_MISSING' });
    await evidence(bench, releaseId, canaryReport(releaseId, { result: 'take-back', reasons: ['failures'] }));
    expect(await live()).toMatchObject({ reason: 'EVIDENCE_MISSING' });
    await evidence(bench, releaseId, canaryReport(releaseId));
    expect(await live()).toMatchObject({ kind: 'moved' });
  });

  test('to live is refused where another release became live meanwhile', async () => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, 'canary', { share: 100 });
    await evidence(bench, releaseId, canaryReport(releaseId));
    await openRelease(bench.ledger, { service: 'loans', mode: 'pilot', model: { ...model, version: '1b' }, certificate: null, validUntil: bench.clock.now() + 1000, openedBy: 'owner' });
    expect(await moveRelease(bench.ledger, { releaseId, to: 'live', by, why })).toMatchObject({ reason: 'PREDECESSOR_CHANGED' });
  });

  test('after a stop goes nowhere but to the end', async () => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, 'approved');
    await stopRelease(bench.ledger, { releaseId, by: bench.people.owner.userId, reason: 'complaints' });
    expect(await moveRelease(bench.ledger, { releaseId, to: 'shadow', by, why })).toMatchObject({ reason: 'STOPPED' });
    expect(await moveRelease(bench.ledger, { releaseId, to: 'withdrawn', by, why })).toMatchObject({ kind: 'moved' });
  });

  test('keeps what people typed out of the facts, and shows it in the history', async () => {
    const bench = await lifeBench();
    const { releaseId } = await propose(bench);
    await withdrawRelease(bench.ledger, { releaseId, by: bench.people.requester.userId, why: { code: 'WITHDRAWN', text: 'Mrs Example complained' } });
    const records = await bench.ledger.db.selectFrom('records').select('facts').execute();
    expect(records.filter(({ facts }) => facts.includes('Example'))).toEqual([]);
    expect((await releaseHistory(bench.ledger, releaseId))?.moves.at(-1)).toMatchObject({ from: 'proposed', to: 'withdrawn', text: 'Mrs Example complained', code: 'WITHDRAWN' });
  });
});

describe('the terms of a release', () => {
  test('are needed for the canary, and an automatic one needs a certificate that its own evidence states', async () => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, 'shadow');
    const canary = (terms?: typeof automatic) => moveRelease(bench.ledger, { releaseId, to: 'canary', by, why, share: 10, ...(terms && { terms }) });
    expect(await canary()).toMatchObject({ reason: 'TERMS_MISSING' });
    expect(await canary(automatic)).toMatchObject({ reason: 'NO_CERTIFICATE', message: 'No evaluation or shadow report in the evidence of this release states this certificate.' });
    await evidence(bench, releaseId, shadowReport(releaseId));
    expect(await canary({ ...automatic, certificate: { ...certificate, k: 0 } })).toMatchObject({ reason: 'NO_CERTIFICATE' });
    expect(await canary({ ...automatic, threshold: 0.5 })).toMatchObject({ reason: 'NO_CERTIFICATE' });
    expect(await canary({ ...automatic, certificate: null })).toMatchObject({ reason: 'NO_CERTIFICATE' });
    expect(await canary({ ...pilotTerms, threshold: 0.5 })).toMatchObject({ reason: 'TERMS_FIXED' });
    expect(await canary(automatic)).toMatchObject({ kind: 'moved', release: { terms: { mode: 'automatic', threshold: 0.8, approvedBy: [bench.people.approver.userId, bench.people.owner.userId], evidence: expect.arrayContaining([{ name: 'model-card', digest: expect.any(String) }]) } } });
  });

  const edits: [string, (ledger: Ledger) => Promise<unknown>][] = [
    ['routing table', (ledger) => putRoutingTable(ledger, { service: 'loans', digest: 'table-2', by: 'owner' })],
    ['promised error', (ledger) => putService(ledger, { ...definition, promise: { ...definition.promise, alpha: 0.3 } }, 'owner')],
    ['automatic classes', (ledger) => putService(ledger, { ...definition, classes: definition.classes.map((one) => ({ ...one, automatic: true })) }, 'owner')],
  ];

  test.each(edits)('are refused where the %s changed after the shadow began, also where the report is newer', async (_what, edit) => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, 'shadow');
    const canary = (terms: typeof automatic) => moveRelease(bench.ledger, { releaseId, to: 'canary', by, why, share: 10, terms });
    await edit(bench.ledger);
    await evidence(bench, releaseId, shadowReport(releaseId));
    expect(await canary(automatic)).toMatchObject({ reason: 'NO_CERTIFICATE', message: expect.stringContaining('changed since the certificate was computed') });
    expect(await canary(pilotTerms)).toMatchObject({ kind: 'moved' });
  });

  test.each(edits)('are refused where the %s changed after the evaluation that states the certificate', async (_what, edit) => {
    const bench = await lifeBench();
    const { releaseId } = await propose(bench);
    await evidence(bench, releaseId, artefact(), evaluationReport());
    await move(bench, releaseId, 'evaluated');
    await edit(bench.ledger);
    for (const voter of [bench.people.approver, bench.people.owner]) await vote(bench, releaseId, voter);
    for (const state of ['approved', 'shadow'] as const) await move(bench, releaseId, state);
    await evidence(bench, releaseId, shadowReport(releaseId));
    expect(await moveRelease(bench.ledger, { releaseId, to: 'canary', by, why, share: 10, terms: automatic })).toMatchObject({ reason: 'NO_CERTIFICATE', message: expect.stringContaining('changed since the certificate was computed') });
  });

  test('hold where the owner edits what is no part of the policy', async () => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, 'shadow');
    await putService(bench.ledger, { ...definition, retentionDays: 300 }, 'owner');
    await evidence(bench, releaseId, shadowReport(releaseId));
    expect(await moveRelease(bench.ledger, { releaseId, to: 'canary', by, why, share: 10, terms: automatic })).toMatchObject({ kind: 'moved' });
  });

  test('are fixed once opened', async () => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, 'canary');
    expect(await moveRelease(bench.ledger, { releaseId, to: 'canary', share: 50, by, why, terms: pilotTerms })).toMatchObject({ reason: 'TERMS_FIXED' });
    expect(await moveRelease(bench.ledger, { releaseId, to: 'canary', share: 50, by, why, terms: automatic })).toMatchObject({ kind: 'moved' });
  });

  test('end at the earliest of plan, request and votes', async () => {
    const bench = await lifeBench();
    const release = await upTo(bench, 'evaluated');
    const { releaseId } = release;
    const until = bench.clock.now() + 20 * 86_400_000;
    await vote(bench, releaseId, bench.people.approver, { validUntil: until });
    await vote(bench, releaseId, bench.people.owner, { validUntil: until + 1 });
    await move(bench, releaseId, 'approved');
    await move(bench, releaseId, 'shadow');
    expect(await move(bench, releaseId, 'canary', { share: 10, terms: { ...pilotTerms, validUntil: until + 5 } })).toMatchObject({ terms: { mode: 'pilot', validUntil: until } });
  });

  test('are refused where the votes gave an end that has passed, and without a routing table nothing is opened', async () => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, 'evaluated');
    await vote(bench, releaseId, bench.people.approver, { validUntil: bench.clock.now() + 1000 });
    await vote(bench, releaseId, bench.people.owner);
    await move(bench, releaseId, 'approved');
    await move(bench, releaseId, 'shadow');
    bench.clock.move(2000);
    expect(await moveRelease(bench.ledger, { releaseId, to: 'canary', share: 10, by, why, terms: pilotTerms })).toMatchObject({ reason: 'ALREADY_OVER' });
  });

  test('bind the policy of the moment they are opened', async () => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, 'live');
    await putRoutingTable(bench.ledger, { service: 'loans', digest: 'table-2', by: 'owner' });
    expect(await activeRelease(bench.ledger, 'loans')).toMatchObject({ release: { releaseId }, policyInForce: false });
  });
});

describe('evidence', () => {
  test('is one bundle: the same documents again change nothing, another one changes its digest', async () => {
    const bench = await lifeBench();
    const { releaseId } = await propose(bench);
    const add = (...documents: Parameters<typeof evidence>[2][]) => addEvidence(bench.ledger, { releaseId, documents, by });
    const first = await add(artefact(), card('one'));
    expect(first).toMatchObject({ kind: 'added', changed: true, artefactChanged: false });
    expect(await add(card('one'), artefact())).toEqual({ ...first, changed: false });
    const second = await add(card('two'));
    expect(second).toMatchObject({ changed: true });
    expect(await add(card('one'))).toMatchObject({ changed: true, bundleDigest: first.kind === 'added' ? first.bundleDigest : '' });
    const entries = (await releaseHistory(bench.ledger, releaseId))?.evidence.map(({ kind, current }) => [kind, current]);
    expect(entries).toEqual([['artefact', true], ['model-card', false], ['model-card', false], ['model-card', true]]);
  });

  test('that is no document throws, and nothing is added to what has ended', async () => {
    const bench = await lifeBench();
    const { releaseId } = await propose(bench);
    await expect(addEvidence(bench.ledger, { releaseId, documents: [{ kind: 'model-card', document: { markdown: 'x', digest: 'short' } }], by })).rejects.toThrow();
    await rejectRelease(bench.ledger, { releaseId, by });
    expect(await addEvidence(bench.ledger, { releaseId, documents: [artefact()], by })).toMatchObject({ reason: 'RELEASE_OVER' });
    expect(await addEvidence(bench.ledger, { releaseId: 'none', documents: [artefact()], by })).toMatchObject({ reason: 'RELEASE_UNKNOWN' });
  });

  test.each(['approved', 'shadow', 'canary'] as const)('whose artefact changes in %s raises an alarm and blocks the way on', async (state) => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, state);
    await evidence(bench, releaseId, artefact(candidate.digest, sha('edited by hand')));
    expect((await releaseHistory(bench.ledger, releaseId))?.alarms).toMatchObject([{ kind: 'evidence-changed' }]);
    expect((await messagesOf(bench.ledger)).filter(({ name }) => name === 'release-alarm')).toHaveLength(1);
    const next: Record<string, ReleaseState> = { approved: 'shadow', shadow: 'canary', canary: 'live' };
    expect(await moveRelease(bench.ledger, { releaseId, to: next[state] ?? 'live', by, why, ...(state === 'shadow' && { share: 10, terms: pilotTerms }) })).toMatchObject({ reason: 'EVIDENCE_CHANGED' });
  });
});

describe('the list of releases', () => {
  test('is newest first, filtered by service and state, in pages, also with releases that had no proposal', async () => {
    const bench = await lifeBench();
    const { releaseId: first } = await propose(bench);
    await rejectRelease(bench.ledger, { releaseId: first, by });
    const { releaseId: second } = await propose(bench);
    const ids = async (filter: Parameters<typeof listLifecycles>[1]) => {
      const page = await listLifecycles(bench.ledger, filter);
      return page.kind === 'page' ? page.items.map(({ releaseId }) => releaseId) : page.kind;
    };
    expect(await ids({})).toEqual([second, first, bench.champion]);
    expect(await ids({ states: ['proposed'] })).toEqual([second]);
    expect(await ids({ states: ['live', 'rejected'] })).toEqual([first, bench.champion]);
    expect(await ids({ services: ['other'] })).toEqual([]);
    expect(await ids({ services: [] })).toEqual([]);
    expect(await ids({ modelDigests: [model.digest] })).toEqual([bench.champion]);
    const page = await listLifecycles(bench.ledger, { limit: 2 });
    expect(await ids({ limit: 2, cursor: page.kind === 'page' ? (page.nextCursor ?? '') : '' })).toEqual([bench.champion]);
    expect(await ids({ cursor: 'odd' })).toBe('bad-cursor');
  });
});

type Message = { kind: 'publish-message'; name: string; messageId: string; correlationKey: string; variables: Record<string, unknown> };

async function messagesOf(ledger: Ledger): Promise<Message[]> {
  const rows = await claimOutbox(ledger, { limit: 100, kinds: ['publish-message'] });
  return rows.flatMap(({ effect }) => (effect.kind === 'publish-message' ? [effect] : []));
}
