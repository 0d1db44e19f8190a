// Verdicts: blind first, the second look, undo, and the outcome they make.
import { describe, expect, test } from 'vitest';
import {
  claimOutbox,
  deferOutbox,
  drawAuditSample,
  eraseSubject,
  getCase,
  holdVerdict,
  listEvidence,
  listLabels,
  listReviewSteps,
  listVerdicts,
  openReview,
  publicCase,
  readReview,
  recordDecision,
  storeBlindVerdict,
  storeExplanation,
  storeFinalVerdict,
  storeOpenAnswer,
  undoVerdict,
  type FinalVerdictRequest,
} from '../../ledger/index.ts';
import { blind, definition, inReview, judge, openBench, pilot, predict, receive, release, scored, type Bench } from './fixture.ts';

const taskOf = (caseId: string) => `task-of-${caseId}`;
const me = (caseId: string) => ({ caseId, userTaskKey: taskOf(caseId), reviewer: 'erika' });
const final = (caseId: string, outcome: string, change: Partial<FinalVerdictRequest> = {}): FinalVerdictRequest => ({ ...me(caseId), class: outcome, reasonCode: 'income', ...change });

async function auditInReview(bench: Bench): Promise<string> {
  const caseId = await scored(bench, (await release(bench, { auditShare: 1 })).releaseId);
  await openReview(bench.ledger, { caseId, reasons: ['AUDIT_SAMPLE'] });
  return caseId;
}

async function decide(bench: Bench, caseId: string) {
  return recordDecision(bench.ledger, { caseId, proposed: { by: 'expert' } });
}

describe('a blind verdict', () => {
  test('that agrees with the model answers the task, after the time in which it can be undone', async () => {
    const bench = await openBench();
    const caseId = await inReview(bench);
    const result = await storeBlindVerdict(bench.ledger, blind(caseId, 'grant', { durationMs: 8000 }));
    expect(result).toMatchObject({ kind: 'stored', next: 'done', undoUntil: bench.clock.now() + 5000, verdict: { outcome: 'agrees', blind: true, durationMs: 8000 } });
    const kinds = { limit: 10, kinds: ['complete-user-task' as const] };
    expect(await claimOutbox(bench.ledger, kinds)).toEqual([]);
    bench.clock.move(5000);
    expect((await claimOutbox(bench.ledger, kinds)).map(({ effect }) => effect)).toEqual([
      { kind: 'complete-user-task', userTaskKey: taskOf(caseId), variables: { reviewAnswer: 'class', finalClass: 'grant' } },
    ]);
  });

  test('that differs asks for a second look and completes nothing yet', async () => {
    const bench = await openBench();
    const caseId = await inReview(bench);
    expect(await storeBlindVerdict(bench.ledger, blind(caseId, 'decline'))).toMatchObject({ next: 'compare', undoUntil: null, verdict: { outcome: 'differs' } });
    bench.clock.move(60_000);
    expect(await claimOutbox(bench.ledger, { limit: 10, kinds: ['complete-user-task'] })).toEqual([]);
  });

  test('in an audit is the final one, whatever the model said', async () => {
    const bench = await openBench();
    const caseId = await auditInReview(bench);
    expect(await storeBlindVerdict(bench.ledger, blind(caseId, 'decline'))).toMatchObject({ next: 'done', verdict: { outcome: 'audit' } });
    expect(await storeFinalVerdict(bench.ledger, final(caseId, 'grant'))).toMatchObject({ kind: 'refused', reason: 'NO_SECOND_LOOK' });
  });

  test('on a case without a prediction is the final one', async () => {
    const bench = await openBench();
    const { caseId } = await receive(bench.ledger, { objection: true });
    await openReview(bench.ledger, { caseId, reasons: ['OBJECTION'] });
    expect(await storeBlindVerdict(bench.ledger, blind(caseId, 'grant'))).toMatchObject({ next: 'done', verdict: { outcome: 'no-suggestion' } });
  });

  test('of "cannot judge" answers the task without a class', async () => {
    const bench = await openBench();
    const caseId = await inReview(bench);
    await judge(bench, caseId, '', { answer: { kind: 'cannot-judge', text: 'papers unreadable' } });
    const [row] = await claimOutbox(bench.ledger, { limit: 1, kinds: ['complete-user-task'] });
    expect(row?.effect).toMatchObject({ variables: { reviewAnswer: 'cannot-judge', finalClass: null } });
    expect((await listVerdicts(bench.ledger, caseId))[0]?.text).toBe('papers unreadable');
    expect(await decide(bench, caseId)).toMatchObject({ kind: 'refused', reason: 'NO_VERDICT' });
  });

  test('is refused before the case is in review, twice on one task, and for a class that does not exist', async () => {
    const bench = await openBench();
    const early = await receive(bench.ledger);
    expect(await storeBlindVerdict(bench.ledger, blind(early.caseId, 'grant'))).toMatchObject({ reason: 'NOT_IN_REVIEW' });
    const caseId = await inReview(bench);
    expect(await storeBlindVerdict(bench.ledger, blind(caseId, 'perhaps'))).toMatchObject({ reason: 'CLASS_UNKNOWN' });
    expect(await storeBlindVerdict(bench.ledger, blind('nobody', 'grant'))).toMatchObject({ reason: 'CASE_UNKNOWN' });
    const both = await Promise.all([storeBlindVerdict(bench.ledger, blind(caseId, 'grant')), storeBlindVerdict(bench.ledger, blind(caseId, 'decline'))]);
    expect(both).toMatchObject([{ kind: 'stored' }, { kind: 'refused', reason: 'ALREADY_ANSWERED' }]);
  });

  test('of a second task must come from another person', async () => {
    const bench = await openBench();
    const caseId = await inReview(bench);
    await judge(bench, caseId, 'grant');
    const second = { userTaskKey: 'second', purpose: 'second-review' as const };
    expect(await storeBlindVerdict(bench.ledger, blind(caseId, 'grant', second))).toMatchObject({ reason: 'SAME_REVIEWER' });
    expect(await storeBlindVerdict(bench.ledger, blind(caseId, 'grant', { ...second, reviewer: 'otto' }))).toMatchObject({ kind: 'stored' });
  });
});

describe('the final verdict', () => {
  test('is refused before a blind one', async () => {
    const bench = await openBench();
    expect(await storeFinalVerdict(bench.ledger, final(await inReview(bench), 'grant'))).toMatchObject({ kind: 'refused', reason: 'NO_BLIND_VERDICT' });
  });

  test('is refused after agreement, from another person, without a reason and with an unknown one', async () => {
    const bench = await openBench();
    const agreed = await inReview(bench);
    await storeBlindVerdict(bench.ledger, blind(agreed, 'grant'));
    expect(await storeFinalVerdict(bench.ledger, final(agreed, 'grant'))).toMatchObject({ reason: 'NO_SECOND_LOOK' });
    const caseId = await inReview(bench);
    await storeBlindVerdict(bench.ledger, blind(caseId, 'decline'));
    expect(await storeFinalVerdict(bench.ledger, final(caseId, 'grant', { reviewer: 'otto' }))).toMatchObject({ reason: 'OTHER_REVIEWER' });
    const { reasonCode: _none, ...silent } = final(caseId, 'grant');
    expect(await storeFinalVerdict(bench.ledger, silent)).toMatchObject({ reason: 'REASON_MISSING' });
    expect(await storeFinalVerdict(bench.ledger, { ...silent, text: '  ' })).toMatchObject({ reason: 'REASON_MISSING' });
    expect(await storeFinalVerdict(bench.ledger, final(caseId, 'grant', { reasonCode: 'mood' }))).toMatchObject({ reason: 'REASON_UNKNOWN' });
    expect(await storeFinalVerdict(bench.ledger, { ...silent, text: 'second income' })).toMatchObject({ kind: 'stored', next: 'done' });
    expect(await storeFinalVerdict(bench.ledger, final(caseId, 'grant'))).toMatchObject({ reason: 'ALREADY_ANSWERED' });
  });

  test.each([
    ['decline', 'after-seeing-model-kept'],
    ['grant', 'after-seeing-model-switched'],
    ['ask', 'after-seeing-model-changed'],
  ])('%s after a blind "decline" against the model\'s "grant" makes a label %s', async (outcome, provenance) => {
    const bench = await openBench();
    const caseId = await inReview(bench);
    await storeBlindVerdict(bench.ledger, blind(caseId, 'decline'));
    await storeFinalVerdict(bench.ledger, final(caseId, outcome));
    bench.clock.move(5001);
    expect(await decide(bench, caseId)).toMatchObject({ kind: 'recorded', decision: { class: outcome, decidedBy: 'expert', provenance, reviewers: ['erika'], reasons: ['PILOT'] } });
    expect(await listLabels(bench.ledger, { service: 'loans' })).toMatchObject([{ caseId, class: outcome, provenance }]);
  });
});

describe('undoing', () => {
  test('within five seconds takes the answer back, keeps it in the record and drops the completion', async () => {
    const bench = await openBench();
    const caseId = await inReview(bench);
    await storeBlindVerdict(bench.ledger, blind(caseId, 'grant'));
    bench.clock.move(4999);
    expect(await decide(bench, caseId)).toMatchObject({ kind: 'refused', reason: 'UNDO_POSSIBLE' });
    expect(await undoVerdict(bench.ledger, me(caseId))).toMatchObject({ kind: 'undone', verdict: { class: 'grant' } });
    bench.clock.move(60_000);
    expect(await claimOutbox(bench.ledger, { limit: 10, kinds: ['complete-user-task'] })).toEqual([]);
    expect(await listVerdicts(bench.ledger, caseId)).toMatchObject([{ class: 'grant', undoneAt: bench.clock.now() - 60_000 }]);
    expect(await readReview(bench.ledger, me(caseId))).toMatchObject({ step: 'blind', suggestion: null });
  });

  test('is too late from the fifth second on, and not for others', async () => {
    const bench = await openBench();
    const caseId = await inReview(bench);
    expect(await undoVerdict(bench.ledger, me(caseId))).toMatchObject({ reason: 'NOTHING_TO_UNDO' });
    await storeBlindVerdict(bench.ledger, blind(caseId, 'grant'));
    expect(await undoVerdict(bench.ledger, { ...me(caseId), reviewer: 'otto' })).toMatchObject({ reason: 'OTHER_REVIEWER' });
    bench.clock.move(5000);
    expect(await undoVerdict(bench.ledger, me(caseId))).toMatchObject({ reason: 'TOO_LATE' });
  });

  test('of a final verdict returns to the second look', async () => {
    const bench = await openBench();
    const caseId = await inReview(bench);
    await storeBlindVerdict(bench.ledger, blind(caseId, 'decline'));
    await storeFinalVerdict(bench.ledger, final(caseId, 'grant'));
    await undoVerdict(bench.ledger, me(caseId));
    expect(await readReview(bench.ledger, me(caseId))).toMatchObject({ step: 'compare', suggestion: { class: 'grant' } });
    expect(await undoVerdict(bench.ledger, me(caseId))).toMatchObject({ reason: 'NOTHING_TO_UNDO' });
  });

  test('lets nobody who learnt the model\'s view give a blind verdict again', async () => {
    const bench = await openBench();
    const caseId = await inReview(bench);
    await storeBlindVerdict(bench.ledger, blind(caseId, 'grant'));
    await undoVerdict(bench.ledger, me(caseId));
    expect(await storeBlindVerdict(bench.ledger, blind(caseId, 'grant'))).toMatchObject({ verdict: { blind: false } });
    bench.clock.move(5001);
    expect(await decide(bench, caseId)).toMatchObject({ decision: { provenance: 'after-seeing-model-kept' } });
  });

  test('in an audit, where nothing was learnt, leaves the next verdict blind', async () => {
    const bench = await openBench();
    const caseId = await auditInReview(bench);
    await storeBlindVerdict(bench.ledger, blind(caseId, 'grant'));
    await undoVerdict(bench.ledger, me(caseId));
    expect(await storeBlindVerdict(bench.ledger, blind(caseId, 'decline'))).toMatchObject({ verdict: { blind: true } });
  });
});

describe('holding an answer', () => {
  const completions = (bench: Bench) => claimOutbox(bench.ledger, { limit: 10, kinds: ['complete-user-task'] });

  test('gives five seconds more each time, in which it can be undone, is shown as stored and decides nothing', async () => {
    const bench = await openBench();
    const caseId = await inReview(bench);
    const given = bench.clock.now();
    await storeBlindVerdict(bench.ledger, blind(caseId, 'grant'));
    bench.clock.move(4999);
    expect(await holdVerdict(bench.ledger, me(caseId))).toEqual({ kind: 'held', undoUntil: given + 10_000 });
    bench.clock.move(5000);
    expect(await completions(bench)).toEqual([]);
    expect(await decide(bench, caseId)).toMatchObject({ kind: 'refused', reason: 'UNDO_POSSIBLE' });
    expect(await readReview(bench.ledger, me(caseId))).toMatchObject({ step: 'stored', undoUntil: given + 10_000 });
    expect((await listReviewSteps(bench.ledger, [taskOf(caseId)])).get(taskOf(caseId))).toEqual({ step: 'stored', reviewer: 'erika' });
    expect(await undoVerdict(bench.ledger, me(caseId))).toMatchObject({ kind: 'undone' });
  });

  test('lasts 60 seconds from the answer at most, and then the answer is handed on', async () => {
    const bench = await openBench();
    const caseId = await inReview(bench);
    const given = bench.clock.now();
    await storeBlindVerdict(bench.ledger, blind(caseId, 'grant'));
    for (let times = 1; times <= 11; times++) {
      bench.clock.move(4000);
      expect(await holdVerdict(bench.ledger, me(caseId))).toEqual({ kind: 'held', undoUntil: given + 5000 + times * 5000 });
    }
    expect(await holdVerdict(bench.ledger, me(caseId))).toEqual({ kind: 'held', undoUntil: given + 60_000 });
    bench.clock.move(given + 59_999 - bench.clock.now());
    expect(await completions(bench)).toEqual([]);
    bench.clock.move(1);
    expect(await holdVerdict(bench.ledger, me(caseId))).toMatchObject({ kind: 'refused', reason: 'TOO_LATE' });
    expect(await readReview(bench.ledger, me(caseId))).toMatchObject({ step: 'done', undoUntil: null });
    expect(await completions(bench)).toHaveLength(1);
  });

  test('is refused without an answer, after an undo, for others, and once it was handed on', async () => {
    const bench = await openBench();
    const caseId = await inReview(bench);
    expect(await holdVerdict(bench.ledger, me(caseId))).toMatchObject({ reason: 'NOTHING_TO_UNDO' });
    await storeBlindVerdict(bench.ledger, blind(caseId, 'grant'));
    expect(await holdVerdict(bench.ledger, { ...me(caseId), reviewer: 'otto' })).toMatchObject({ reason: 'OTHER_REVIEWER' });
    await undoVerdict(bench.ledger, me(caseId));
    expect(await holdVerdict(bench.ledger, me(caseId))).toMatchObject({ reason: 'NOTHING_TO_UNDO' });
    await storeBlindVerdict(bench.ledger, blind(caseId, 'grant'));
    bench.clock.move(5000);
    const [row] = await completions(bench);
    expect(await holdVerdict(bench.ledger, me(caseId))).toMatchObject({ reason: 'TOO_LATE' });
    await deferOutbox(bench.ledger, row?.outboxId ?? '', { error: 'the engine does not answer' });
    expect(await holdVerdict(bench.ledger, me(caseId))).toMatchObject({ reason: 'TOO_LATE' });
  });
});

describe('what a reviewer sees', () => {
  const explanation = { method: 'shapley-sampling', class: 'grant', baseValue: 0.7, prediction: 0.9, attributions: { amount: 0.2 }, tolerance: 0.01 };

  test('is nothing of the model before the own verdict, and the suggestion with its explanation after a differing one', async () => {
    const bench = await openBench();
    const caseId = await inReview(bench);
    expect(await storeExplanation(bench.ledger, caseId, explanation)).toEqual({ kind: 'stored' });
    expect(await storeExplanation(bench.ledger, caseId, explanation)).toEqual({ kind: 'already' });
    expect(await readReview(bench.ledger, me(caseId))).toEqual({ step: 'blind', ownVerdicts: [], suggestion: null, undoUntil: null });
    await storeBlindVerdict(bench.ledger, blind(caseId, 'decline'));
    expect(await readReview(bench.ledger, me(caseId))).toMatchObject({ step: 'compare', suggestion: { class: 'grant', confidence: 0.9, reasons: ['PILOT'], explanation } });
    expect(await readReview(bench.ledger, { ...me(caseId), reviewer: 'otto' })).toMatchObject({ step: 'stored', ownVerdicts: [], suggestion: null });
  });

  test('is never the suggestion of an audit', async () => {
    const bench = await openBench();
    const caseId = await auditInReview(bench);
    await storeBlindVerdict(bench.ledger, blind(caseId, 'decline'));
    expect(await readReview(bench.ledger, me(caseId))).toMatchObject({ step: 'stored', suggestion: null });
    bench.clock.move(5001);
    expect(await readReview(bench.ledger, me(caseId))).toMatchObject({ step: 'done', suggestion: null });
  });

  test('in lists is the step of each task', async () => {
    const bench = await openBench();
    const [open, compared, answered] = [await inReview(bench), await inReview(bench), await inReview(bench)];
    await storeBlindVerdict(bench.ledger, blind(compared, 'decline'));
    await storeBlindVerdict(bench.ledger, blind(answered, 'grant'));
    const steps = await listReviewSteps(bench.ledger, [open, compared, answered].map(taskOf));
    expect([...steps.values()]).toEqual([
      { step: 'blind', reviewer: null },
      { step: 'compare', reviewer: 'erika' },
      { step: 'stored', reviewer: 'erika' },
    ]);
  });
});

describe('what callers see of a case', () => {
  const hidden = { reasons: null, release: null, confidence: null };

  test('is neither reason, release nor score before the first verdict', async () => {
    const bench = await openBench();
    const caseId = await inReview(bench);
    const see = async (whom: 'application' | 'reviewer' | 'auditor') => {
      const theCase = await getCase(bench.ledger, caseId);
      return theCase && publicCase(theCase, whom);
    };
    for (const whom of ['application', 'reviewer', 'auditor'] as const) expect(await see(whom)).toMatchObject({ status: 'in-review', ...hidden });
    await storeBlindVerdict(bench.ledger, blind(caseId, 'grant'));
    expect(await see('application')).toMatchObject({ reasons: ['PILOT'] });
    await undoVerdict(bench.ledger, me(caseId));
    expect(await see('application')).toMatchObject(hidden);
  });

  test('stays hidden in an audit until the decision, and reviewers never see that it was one', async () => {
    const bench = await openBench();
    const caseId = await auditInReview(bench);
    await judge(bench, caseId, 'decline');
    const before = await getCase(bench.ledger, caseId);
    expect(before && publicCase(before, 'application')).toMatchObject(hidden);
    await decide(bench, caseId);
    const after = await getCase(bench.ledger, caseId);
    expect(after && publicCase(after, 'application')).toMatchObject({ decision: 'decline', decidedBy: 'expert', reasons: ['AUDIT_SAMPLE'] });
    expect(after && publicCase(after, 'reviewer')).toMatchObject({ reasons: [] });
  });
});

describe('an expert outcome', () => {
  test('comes from stored verdicts only', async () => {
    const bench = await openBench();
    expect(await decide(bench, await inReview(bench))).toMatchObject({ kind: 'refused', reason: 'NO_VERDICT' });
    const comparing = await inReview(bench);
    await storeBlindVerdict(bench.ledger, blind(comparing, 'decline'));
    expect(await decide(bench, comparing)).toMatchObject({ kind: 'refused', reason: 'NO_VERDICT' });
  });

  test('needs both verdicts where the service asks for two, and an adjudicator where they differ', async () => {
    const bench = await openBench({ definition: { ...definition, review: { ...definition.review, secondReviewer: true } } });
    const caseId = await inReview(bench);
    await judge(bench, caseId, 'grant');
    expect(await decide(bench, caseId)).toMatchObject({ reason: 'SECOND_VERDICT_MISSING' });
    await storeBlindVerdict(bench.ledger, blind(caseId, 'decline', { userTaskKey: 'second', purpose: 'second-review', reviewer: 'otto' }));
    await storeFinalVerdict(bench.ledger, { caseId, userTaskKey: 'second', reviewer: 'otto', class: 'decline', reasonCode: 'income' });
    bench.clock.move(5001);
    expect(await decide(bench, caseId)).toMatchObject({ reason: 'VERDICTS_DIFFER' });
    await judge(bench, caseId, 'grant', { userTaskKey: 'third', purpose: 'adjudication', reviewer: 'ada' });
    expect(await decide(bench, caseId)).toMatchObject({ kind: 'recorded', decision: { class: 'grant', provenance: 'blind', reviewers: ['erika', 'otto', 'ada'] } });
  });

  test('leaves no verdict possible afterwards', async () => {
    const bench = await openBench();
    const caseId = await inReview(bench);
    await judge(bench, caseId, 'grant');
    await decide(bench, caseId);
    expect(await storeBlindVerdict(bench.ledger, blind(caseId, 'grant', { userTaskKey: 'late', reviewer: 'otto' }))).toMatchObject({ reason: 'NOT_IN_REVIEW' });
    expect(await openReview(bench.ledger, { caseId, reasons: ['PILOT'] })).toMatchObject({ kind: 'decided' });
  });
});

describe('an answer that leaves the task open', () => {
  test('is stored with its text and lets another person judge', async () => {
    const bench = await openBench();
    const caseId = await inReview(bench);
    expect(await storeOpenAnswer(bench.ledger, { ...me(caseId), answer: 'not-mine', text: 'my neighbour' })).toMatchObject({ kind: 'stored', next: 'open', undoUntil: null });
    expect(await readReview(bench.ledger, me(caseId))).toMatchObject({ step: 'blind' });
    expect(await storeBlindVerdict(bench.ledger, blind(caseId, 'grant', { reviewer: 'otto' }))).toMatchObject({ kind: 'stored', verdict: { blind: true } });
    expect((await listVerdicts(bench.ledger, caseId)).map(({ answer, text }) => [answer, text])).toEqual([
      ['not-mine', 'my neighbour'],
      ['class', null],
    ]);
    expect(await storeOpenAnswer(bench.ledger, { ...me(caseId), answer: 'need-information' })).toMatchObject({ reason: 'ALREADY_ANSWERED' });
  });

  test('does not make a case visible', async () => {
    const bench = await openBench();
    const caseId = await inReview(bench);
    await storeOpenAnswer(bench.ledger, { ...me(caseId), answer: 'need-information', text: 'payslip' });
    expect((await getCase(bench.ledger, caseId))?.firstVerdictAt).toBeNull();
  });

  test('keeps no text of a person whose key was erased', async () => {
    const bench = await openBench();
    const caseId = await inReview(bench, { subject: 'person-1' });
    await eraseSubject(bench.ledger, { subject: 'person-1', by: 'officer' });
    expect(await storeOpenAnswer(bench.ledger, { ...me(caseId), answer: 'need-information', text: 'payslip' })).toMatchObject({ kind: 'stored', verdict: { text: null } });
  });
});

describe('evidence', () => {
  test('is the first blind verdict of each case beside the prediction', async () => {
    const bench = await openBench();
    const active = await pilot(bench);
    const agreed = await scored(bench, active.releaseId);
    const { caseId: unscored } = await receive(bench.ledger);
    await drawAuditSample(bench.ledger, unscored);
    const differs = await scored(bench, active.releaseId, { confidence: 0.6 });
    for (const caseId of [agreed, unscored, differs]) await openReview(bench.ledger, { caseId, reasons: ['PILOT'] });
    await judge(bench, agreed, 'grant');
    await judge(bench, unscored, 'grant');
    await storeBlindVerdict(bench.ledger, blind(differs, 'decline'));
    await storeFinalVerdict(bench.ledger, final(differs, 'grant'));
    expect(await listEvidence(bench.ledger, active.releaseId)).toMatchObject([
      { caseId: agreed, predicted: 'grant', verdict: 'grant', confidence: 0.9 },
      { caseId: differs, predicted: 'grant', verdict: 'decline', confidence: 0.6 },
    ]);
  });

  test('keeps the first prediction of the decider, and shadows beside it', async () => {
    const bench = await openBench();
    const { caseId } = await receive(bench.ledger);
    await predict(bench.ledger, caseId, null);
    await predict(bench.ledger, caseId, null, { class: 'decline' });
    const row = await bench.ledger.db.selectFrom('predictions').select('class').execute();
    expect(row).toMatchObject([{ class: 'grant' }]);
  });
});
