// The go-live decision: who may vote is a matter of who they are, and a vote counts for the evidence that it saw.
import { describe, expect, test } from 'vitest';
import { answerQuestion, castVote, changeUser, claimOutbox, createApiKey, getLifecycle, moveRelease, putService, readGoLiveDecision, releaseOutlook, remindOfDecision, stopRelease, type Ledger, type RiskTier } from '../../ledger/index.ts';
import { definition } from './fixture.ts';
import { card, evidence, lifeBench, move, propose, upTo, vote, type LifeBench } from './lifecycle-fixture.ts';

const moveOn = (ledger: Ledger, releaseId: string) => moveRelease(ledger, { releaseId, to: 'approved', by: 'system:promotion', why: { code: 'VOTED' } });

async function evaluated(options: { tier?: RiskTier } = {}): Promise<LifeBench & { releaseId: string }> {
  const bench = await lifeBench(options);
  return { ...bench, releaseId: (await upTo(bench, 'evaluated')).releaseId };
}

describe('who may vote', () => {
  test('is neither the requester nor the trainer nor anybody without the role, and a page is told the same', async () => {
    const bench = await evaluated();
    const { people, releaseId, ledger } = bench;
    const { release } = await stateOf(bench);
    for (const [person, reason] of [[people.requester, 'IS_REQUESTER'], [people.trainer, 'IS_TRAINER'], [people.expert, 'ROLE_MISSING']] as const) {
      expect(await vote(bench, releaseId, person), reason).toMatchObject({ kind: 'refused', reason });
      expect((await releaseOutlook(ledger, release, person.userId)).voting, reason).toMatchObject({ reason });
      expect((await releaseOutlook(ledger, release, person.userId)).actions).not.toContain('vote');
    }
    expect((await releaseOutlook(ledger, release, people.approver.userId)).actions).toContain('vote');
    expect(await castVote(ledger, { releaseId, voter: 'nobody', vote: 'approve', evidenceDigest: 'x' })).toMatchObject({ reason: 'ROLE_MISSING' });
  });

  test.each(['id', 'name', 'odd case'] as const)('is not the trainer, named by %s', async (how) => {
    const bench = await lifeBench();
    const { trainer } = bench.people;
    const named = { id: trainer.userId, name: trainer.name, 'odd case': ' TOM ' }[how];
    const { releaseId } = await upTo(bench, 'evaluated', { trainedBy: named });
    expect(await vote(bench, releaseId, trainer)).toMatchObject({ reason: 'IS_TRAINER' });
  });

  test.each(['id', 'name', 'odd case'] as const)('is not whom the registry names as author, by %s, whoever the proposal names as trainer', async (how) => {
    const bench = await lifeBench();
    const { approver, other, trainer } = bench.people;
    const author = { id: approver.userId, name: approver.name, 'odd case': ' ANNA ' }[how];
    const { releaseId } = await upTo(bench, 'evaluated');
    await evidence(bench, releaseId, { kind: 'registry', document: { registry: 'local', modelId: 'loans', versionId: '2', state: 'LIVE', properties: { author } } });
    expect(await vote(bench, releaseId, approver)).toMatchObject({ kind: 'refused', reason: 'IS_TRAINER' });
    const release = await getLifecycle(bench.ledger, releaseId);
    if (!release) throw new Error('The release is gone.');
    expect((await releaseOutlook(bench.ledger, release, approver.userId)).voting).toMatchObject({ reason: 'IS_TRAINER' });
    expect(await vote(bench, releaseId, trainer)).toMatchObject({ reason: 'IS_TRAINER' });
    expect(await vote(bench, releaseId, other)).toMatchObject({ kind: 'stored' });
  });

  test('is not who made the API key that proposed', async () => {
    const bench = await lifeBench();
    const { approver, owner } = bench.people;
    const { apiKey } = await createApiKey(bench.ledger, { name: 'pipeline', scopes: { services: ['loans'], engine: false, processes: [] }, createdBy: approver.userId });
    const { releaseId } = await upTo(bench, 'evaluated', { proposedBy: `key:${apiKey.apiKeyId}` });
    expect(await vote(bench, releaseId, approver)).toMatchObject({ reason: 'IS_REQUESTER' });
    expect(await vote(bench, releaseId, owner)).toMatchObject({ kind: 'stored' });
  });

  test('may do so between evaluation and approval only, and not once it is stopped', async () => {
    const bench = await lifeBench();
    const { people } = bench;
    const { releaseId } = await propose(bench);
    expect(await vote(bench, releaseId, people.approver)).toMatchObject({ reason: 'NOT_OPEN' });
    const decided = await evaluated();
    await vote(decided, decided.releaseId, decided.people.approver);
    await vote(decided, decided.releaseId, decided.people.owner);
    expect(await vote(decided, decided.releaseId, decided.people.other)).toMatchObject({ reason: 'NOT_OPEN' });
    await moveOn(decided.ledger, decided.releaseId);
    expect(await vote(decided, decided.releaseId, decided.people.other)).toMatchObject({ reason: 'NOT_OPEN' });
    const stopped = await evaluated();
    await stopRelease(stopped.ledger, { releaseId: stopped.releaseId, by: stopped.people.owner.userId, reason: 'wait' });
    expect(await vote(stopped, stopped.releaseId, stopped.people.approver)).toMatchObject({ reason: 'NOT_OPEN' });
    expect(await vote(stopped, 'none', stopped.people.approver)).toMatchObject({ reason: 'RELEASE_UNKNOWN' });
  });

  test('votes once', async () => {
    const bench = await evaluated();
    await vote(bench, bench.releaseId, bench.people.approver);
    expect(await vote(bench, bench.releaseId, bench.people.approver, { vote: 'reject', reason: 'second thoughts' })).toMatchObject({ reason: 'ALREADY_VOTED' });
  });
});

describe('what a vote must say', () => {
  test('is a reason unless it approves, and conditions only where it does', async () => {
    const bench = await evaluated();
    const cast = (change: Parameters<typeof vote>[3]) => vote(bench, bench.releaseId, bench.people.approver, change);
    for (const answer of ['reject', 'ask-back'] as const) {
      expect(await cast({ vote: answer })).toMatchObject({ reason: 'REASON_MISSING' });
      expect(await cast({ vote: answer, reason: '  ' })).toMatchObject({ reason: 'REASON_MISSING' });
      expect(await cast({ vote: answer, reason: 'x', conditions: ['y'] })).toMatchObject({ reason: 'CONDITIONS_NOT_APPROVED' });
    }
    expect(await cast({ validUntil: bench.clock.now() })).toMatchObject({ reason: 'VALID_UNTIL_PAST' });
    expect(await cast({ validUntil: bench.clock.now() + 91 * 86_400_000 })).toMatchObject({ reason: 'VALID_UNTIL_TOO_LATE' });
    expect(await cast({ evidenceDigest: 'other' })).toMatchObject({ reason: 'EVIDENCE_CHANGED' });
    expect(await cast({ validUntil: bench.clock.now() + 90 * 86_400_000 })).toMatchObject({ kind: 'stored' });
  });

  test('is sealed where a person typed it', async () => {
    const bench = await evaluated();
    await vote(bench, bench.releaseId, bench.people.approver, { reason: 'as Mrs Example said', conditions: ['ask Mr Example'] });
    const tables = await Promise.all([bench.ledger.db.selectFrom('records').selectAll().execute(), bench.ledger.db.selectFrom('release_votes').selectAll().execute()]);
    expect(JSON.stringify(tables)).not.toContain('Example');
    expect((await readGoLiveDecision(bench.ledger, bench.releaseId)).votes).toMatchObject([{ reason: 'as Mrs Example said', conditions: ['ask Mr Example'] }]);
  });
});

describe('how many approvals it takes', () => {
  const outcome = async (tier: RiskTier, ...voters: (keyof LifeBench['people'])[]) => {
    const bench = await evaluated({ tier });
    for (const name of voters) await vote(bench, bench.releaseId, bench.people[name]);
    return (await readGoLiveDecision(bench.ledger, bench.releaseId)).outcome;
  };

  test('is one approver at low risk', async () => {
    expect(await outcome('low')).toBe('open');
    expect(await outcome('low', 'owner')).toBe('open');
    expect(await outcome('low', 'approver')).toBe('approved');
  });

  test('is two people at medium risk, one of them an approver', async () => {
    expect(await outcome('medium', 'approver')).toBe('open');
    expect(await outcome('medium', 'both')).toBe('open');
    expect(await outcome('medium', 'approver', 'other')).toBe('approved');
    expect(await outcome('medium', 'owner', 'both')).toBe('approved');
  });

  test('is an approver and a process owner at high risk, two different people', async () => {
    expect(await outcome('high', 'approver', 'other')).toBe('open');
    expect(await outcome('high', 'both')).toBe('open');
    expect(await outcome('high', 'approver', 'owner')).toBe('approved');
    expect(await outcome('high', 'both', 'approver')).toBe('approved');
    expect(await outcome('high', 'both', 'owner')).toBe('approved');
  });

  test('is by the stricter tier where the owner changed it on the way', async () => {
    const bench = await evaluated({ tier: 'high' });
    await putService(bench.ledger, { ...definition, riskTier: 'low' }, 'owner');
    await vote(bench, bench.releaseId, bench.people.approver);
    expect(await readGoLiveDecision(bench.ledger, bench.releaseId)).toMatchObject({ outcome: 'open', needed: [{ roles: ['approver'], by: bench.people.approver.userId }, { roles: ['process-owner'], by: null }] });
  });

  test('is the same for votes that come together: each is counted once and the decision told once', async () => {
    const bench = await evaluated();
    const { approver, owner, both } = bench.people;
    const results = await Promise.all([approver, owner, both, approver].map((person) => vote(bench, bench.releaseId, person)));
    expect(results.filter(({ kind }) => kind === 'stored')).toHaveLength(2);
    expect((await readGoLiveDecision(bench.ledger, bench.releaseId)).outcome).toBe('approved');
    expect(await decidedMessages(bench.ledger)).toHaveLength(1);
  });
});

describe('evidence that changes', () => {
  test('voids the votes that saw the old one, keeps them, and opens the decision again', async () => {
    const bench = await evaluated();
    const { approver, owner, other } = bench.people;
    await vote(bench, bench.releaseId, approver);
    await vote(bench, bench.releaseId, owner);
    await evidence(bench, bench.releaseId, card('rewritten'));
    const decision = await readGoLiveDecision(bench.ledger, bench.releaseId);
    expect(decision).toMatchObject({ outcome: 'open', needed: [{ by: null }, { by: null }] });
    expect(decision.votes.map((one) => one.void)).toEqual(['EVIDENCE_CHANGED', 'EVIDENCE_CHANGED']);
    expect(await moveOn(bench.ledger, bench.releaseId)).toMatchObject({ reason: 'NOT_APPROVED' });
    await vote(bench, bench.releaseId, other);
    expect(await vote(bench, bench.releaseId, owner)).toMatchObject({ kind: 'stored', decision: { outcome: 'approved' } });
    expect(await moveOn(bench.ledger, bench.releaseId)).toMatchObject({ kind: 'moved' });
  });

  test('after the approval leaves the votes that approved as they were', async () => {
    const bench = await evaluated();
    await vote(bench, bench.releaseId, bench.people.approver, { conditions: ['weekly look'] });
    await vote(bench, bench.releaseId, bench.people.owner);
    await moveOn(bench.ledger, bench.releaseId);
    const before = await readGoLiveDecision(bench.ledger, bench.releaseId);
    await evidence(bench, bench.releaseId, card('rewritten'));
    expect(await readGoLiveDecision(bench.ledger, bench.releaseId)).toEqual(before);
    expect(before).toMatchObject({ outcome: 'approved', conditions: ['weekly look'] });
  });
});

describe('a person who leaves', () => {
  const leave = (bench: LifeBench, userId: string) => changeUser(bench.ledger, { userId, roles: [], groups: [], by: 'admin' });

  test('before the approval no longer counts, and cannot vote', async () => {
    const bench = await evaluated();
    const { approver, owner, other } = bench.people;
    await vote(bench, bench.releaseId, approver);
    await vote(bench, bench.releaseId, owner);
    await leave(bench, approver.userId);
    expect(await moveOn(bench.ledger, bench.releaseId)).toMatchObject({ reason: 'NOT_APPROVED' });
    const decision = await readGoLiveDecision(bench.ledger, bench.releaseId);
    expect(decision.votes.find(({ voter }) => voter === approver.userId)?.void).toBe('VOTER_LEFT');
    expect(await vote(bench, bench.releaseId, approver)).toMatchObject({ reason: 'ROLE_MISSING' });
    expect(await vote(bench, bench.releaseId, other)).toMatchObject({ kind: 'stored', decision: { outcome: 'approved' } });
    expect(await decidedMessages(bench.ledger)).toHaveLength(2);
  });

  test('after the approval has approved all the same', async () => {
    const bench = await evaluated();
    await vote(bench, bench.releaseId, bench.people.approver);
    await vote(bench, bench.releaseId, bench.people.owner);
    await moveOn(bench.ledger, bench.releaseId);
    await leave(bench, bench.people.approver.userId);
    expect((await readGoLiveDecision(bench.ledger, bench.releaseId)).outcome).toBe('approved');
    expect((await move(bench, bench.releaseId, 'shadow')).state).toBe('shadow');
  });

  test('with a question leaves no promotion waiting for its answer: a reminder wakes it', async () => {
    const bench = await evaluated();
    const { ledger, releaseId } = bench;
    const { approver, other, owner } = bench.people;
    await vote(bench, releaseId, approver, { vote: 'ask-back', reason: 'Which data?' });
    await messagesSince(ledger);
    await leave(bench, approver.userId);
    await remindOfDecision(ledger, { releaseId, reminderId: 'r1' });
    expect(await messagesSince(ledger)).toEqual([['question-answered', 'r1']]);
    await vote(bench, releaseId, other);
    await vote(bench, releaseId, owner);
    await messagesSince(ledger);
    await remindOfDecision(ledger, { releaseId, reminderId: 'r2' });
    expect(await messagesSince(ledger)).toEqual([['go-live-decided', 'r2'], ['question-answered', 'r2']]);
  });

  test('and comes back may decide without a vote: a reminder tells it', async () => {
    const bench = await evaluated();
    const { ledger, releaseId } = bench;
    const { approver, owner } = bench.people;
    await vote(bench, releaseId, approver);
    await leave(bench, approver.userId);
    expect(await vote(bench, releaseId, owner)).toMatchObject({ decision: { outcome: 'open' } });
    await messagesSince(ledger);
    await remindOfDecision(ledger, { releaseId, reminderId: 'r1' });
    expect(await messagesSince(ledger)).toEqual([]);
    await changeUser(ledger, { userId: approver.userId, roles: ['approver'], groups: [], by: 'admin' });
    await remindOfDecision(ledger, { releaseId, reminderId: 'r2' });
    await remindOfDecision(ledger, { releaseId, reminderId: 'r2' });
    expect(await messagesSince(ledger)).toEqual([['go-live-decided', 'r2']]);
    await moveOn(ledger, releaseId);
    await remindOfDecision(ledger, { releaseId, reminderId: 'r3' });
    expect(await messagesSince(ledger)).toEqual([]);
  });

  test('who changes roles counts for the role that is left', async () => {
    const bench = await evaluated();
    const { both, approver } = bench.people;
    await vote(bench, bench.releaseId, both);
    await changeUser(bench.ledger, { userId: both.userId, roles: ['approver'], groups: [], by: 'admin' });
    expect(await vote(bench, bench.releaseId, approver)).toMatchObject({ decision: { outcome: 'open' } });
  });
});

describe('a rejection and a question', () => {
  test('one rejection rejects, whoever approved', async () => {
    const bench = await evaluated();
    await vote(bench, bench.releaseId, bench.people.approver);
    expect(await vote(bench, bench.releaseId, bench.people.owner, { vote: 'reject', reason: 'segment too weak' })).toMatchObject({ decision: { outcome: 'rejected' } });
    expect(await decidedMessages(bench.ledger)).toHaveLength(1);
    expect(await moveOn(bench.ledger, bench.releaseId)).toMatchObject({ reason: 'NOT_APPROVED' });
    expect((await move(bench, bench.releaseId, 'rejected')).state).toBe('rejected');
    expect((await readGoLiveDecision(bench.ledger, bench.releaseId)).outcome).toBe('rejected');
  });

  test('a question waits for the requester; then votes are taken again, also of who asked', async () => {
    const bench = await evaluated();
    const { approver, owner, other, requester } = bench.people;
    const asked = await vote(bench, bench.releaseId, approver, { vote: 'ask-back', reason: 'which rows were left out?' });
    expect(asked).toMatchObject({ decision: { outcome: 'asked-back' } });
    expect(await vote(bench, bench.releaseId, owner)).toMatchObject({ reason: 'QUESTION_OPEN' });
    const answer = (by: string, text = 'those of 2024') => answerQuestion(bench.ledger, { releaseId: bench.releaseId, by, text });
    expect(await answer(other.userId)).toMatchObject({ reason: 'NOT_REQUESTER' });
    expect(await answer(requester.userId, ' ')).toMatchObject({ reason: 'TEXT_MISSING' });
    const answered = await answer(requester.userId);
    expect(answered.kind).toBe('answered');
    expect(await answer(requester.userId)).toMatchObject({ reason: 'NO_QUESTION' });
    const messages = (await claimOutbox(bench.ledger, { limit: 100, kinds: ['publish-message'] })).map(({ effect }) => effect);
    expect(messages).toContainEqual({ kind: 'publish-message', name: 'question-answered', messageId: answered.kind === 'answered' ? answered.replyId : '', correlationKey: bench.releaseId, variables: {} });
    await vote(bench, bench.releaseId, approver);
    expect(await vote(bench, bench.releaseId, owner)).toMatchObject({ decision: { outcome: 'approved' } });
  });

  test('a question about what a machine proposed is answered by anybody but the one who asks', async () => {
    const bench = await lifeBench();
    const { releaseId } = await upTo(bench, 'evaluated', { proposedBy: 'system:registry-poll' });
    await vote(bench, releaseId, bench.people.approver, { vote: 'ask-back', reason: 'why now?' });
    expect(await answerQuestion(bench.ledger, { releaseId, by: bench.people.approver.userId, text: 'because' })).toMatchObject({ reason: 'NOT_REQUESTER' });
    expect(await answerQuestion(bench.ledger, { releaseId, by: bench.people.requester.userId, text: 'because' })).toMatchObject({ kind: 'answered' });
  });
});

async function stateOf({ ledger, releaseId }: LifeBench & { releaseId: string }) {
  const release = await getLifecycle(ledger, releaseId);
  if (!release) throw new Error('no release');
  return { release };
}

async function decidedMessages(ledger: Ledger): Promise<unknown[]> {
  return (await claimOutbox(ledger, { limit: 100, kinds: ['publish-message'] })).filter(({ effect }) => effect.kind === 'publish-message' && effect.name === 'go-live-decided');
}

/** Names and ids of what is owed since the last look. */
async function messagesSince(ledger: Ledger): Promise<[string, string][]> {
  const rows = await claimOutbox(ledger, { limit: 100, kinds: ['publish-message'] });
  return rows.flatMap(({ effect }): [string, string][] => (effect.kind === 'publish-message' ? [[effect.name, effect.messageId]] : [])).toSorted();
}
