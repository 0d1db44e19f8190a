/** The inbox on the running product: blind first, claims, the second look, undo, and who sees what. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCase, getPrediction } from '../../ledger/index.ts';
import { readDemoCases } from '../../api/demo/demo-cases.ts';
import { creditInput } from './open-api.ts';
import { nextTurn, openTestRelease, startProduct, startTestCase, taskOf, type CaseView, type Hand, type Product, type TaskDetail, type TaskPage, type VerdictResult } from './product.ts';

let product: Product;
let expert: Hand;
let second: Hand;
let auditor: Hand;
let digits: { input: Record<string, unknown> }[];

beforeAll(async () => {
  product = await startProduct();
  await openTestRelease(product, { service: 'credit-risk', model: 'credit-risk-v1', threshold: 0.99, auditShare: 0.5 });
  await openTestRelease(product, { service: 'digits', model: 'digits-v1', threshold: 0.82, auditShare: 0.5 });
  expert = await product.as('expert');
  second = await product.as('adjudicator');
  auditor = await product.as('auditor');
  digits = await readDemoCases('digits', 'held-out');
}, 60_000);
afterAll(() => product.close());

/** A credit case in review that is, or is not, an audit, with its task and what the model said. */
async function creditTask(audit: boolean): Promise<{ started: CaseView; key: string; suggested: string; other: string }> {
  for (let tries = 0; tries < 40; tries += 1) {
    const started = await startTestCase(product, 'credit-risk', creditInput, { businessId: 'K-2026-1' });
    const kept = await getCase(product.stellwerk.ledger, started.caseId);
    if (kept?.draw?.audit !== audit) continue;
    const suggested = (await getPrediction(product.stellwerk.ledger, started.caseId))?.class ?? '';
    return { started, key: (await taskOf(expert, started.caseId)).userTaskKey, suggested, other: suggested === 'grant' ? 'decline' : 'grant' };
  }
  throw new Error(`no case was drawn ${audit ? 'for' : 'without'} an audit`);
}

describe('blind first', () => {
  it('lets nothing of model, reason, release or audit out before the verdict, to anybody', async () => {
    const audited = await creditTask(true);
    const plain = await creditTask(false);
    const shapes: string[][] = [];
    for (const { started, key } of [audited, plain]) {
      const prediction = await getPrediction(product.stellwerk.ledger, started.caseId);
      const kept = await getCase(product.stellwerk.ledger, started.caseId);
      const answers = [
        started,
        ...(await Promise.all([expert, second, auditor].flatMap((person) => [person.get(`/api/inbox/tasks/${key}`), person.get('/api/inbox/tasks?list=all&limit=200'), person.get('/api/inbox/tasks?list=unassigned&service=credit-risk')]))),
        ...(await Promise.all([product.application, auditor].flatMap((reader) => [reader.get(`/api/cases/${started.caseId}`), reader.get('/api/cases?limit=200'), reader.get(`/api/cases/${started.caseId}/record`)]))),
      ];
      const text = JSON.stringify(answers);
      for (const secret of [String(prediction?.confidence), prediction?.model.name ?? '?', prediction?.model.digest ?? '?', kept?.draw?.releaseId ?? '?', 'PILOT', 'AUDIT', 'BUSINESS_RULE', 'LOW_CONFIDENCE', 'threshold', 'probabilities', 'suggestion"', '"audit":true', '"audit":false'])
        expect({ secret, found: text.includes(secret) }).toEqual({ secret, found: false });
      for (const answer of answers) for (const [path, value] of leaves(answer)) {
        const name = path.split('/').at(-1) ?? '';
        if (['reasons', 'release', 'confidence', 'score', 'audit', 'explanation'].includes(name)) expect([path, value]).toEqual([path, null]);
      }
      shapes.push([...leaves(await expert.get(`/api/inbox/tasks/${key}`))].map(([path]) => path));
    }
    expect(shapes[0]).toEqual(shapes[1]);
  });

  it('shows moments of a task to the minute only: finer ones tell an audit from other cases', async () => {
    const { key } = await creditTask(false);
    const task = await expert.get<TaskDetail>(`/api/inbox/tasks/${key}`);
    expect([task.createdAt, task.dueAt]).toEqual([expect.stringMatching(/:00\.000Z$/), expect.stringMatching(/:00\.000Z$/)]);
  });

  it('keeps an audit blind to the end: the verdict counts alone', async () => {
    const { started, key, other } = await creditTask(true);
    const result = await expert.post<VerdictResult>(`/api/inbox/tasks/${key}/verdict`, { class: other });
    expect(result).toMatchObject({ outcome: 'recorded', task: { step: 'stored', suggestion: null } });
    const hidden = await product.application.get<CaseView>(`/api/cases/${started.caseId}`);
    expect(hidden).toMatchObject({ status: 'in-review', reasons: null, release: null, confidence: null });
    const decided = await product.application.get<CaseView>(`/api/cases/${started.caseId}?wait=30`);
    expect(decided).toMatchObject({ status: 'decided', decision: other, decidedBy: 'expert' });
    expect(decided.reasons).toContain('AUDIT_SAMPLE');
    expect(JSON.stringify(await expert.get(`/api/inbox/tasks/${key}`))).not.toContain('AUDIT');
  });
});

// Side by side, each on a case of its own: most of them wait until a verdict can no longer be taken back.
describe.concurrent('a review', () => {
  it('goes on by itself where the expert agrees with the model, and can be taken back for a moment', async () => {
    const { started, key, suggested } = await creditTask(false);
    const agreed = await expert.post<VerdictResult>(`/api/inbox/tasks/${key}/verdict`, { class: suggested, durationMs: 900 });
    expect(agreed).toMatchObject({ outcome: 'agrees', task: { step: 'stored', assignee: { name: 'expert' }, may: { undo: true, decide: false }, ownVerdicts: [{ class: suggested, step: 'blind', durationMs: 900 }] } });
    const undone = await expert.post<TaskDetail>(`/api/inbox/tasks/${key}/undo`);
    expect(undone).toMatchObject({ step: 'blind', ownVerdicts: [], may: { decide: true, undo: false } });
    expect(await product.application.get<CaseView>(`/api/cases/${started.caseId}`)).toMatchObject({ status: 'in-review', reasons: null });

    await expert.post(`/api/inbox/tasks/${key}/verdict`, { class: suggested });
    expect(await product.application.get<CaseView>(`/api/cases/${started.caseId}?wait=30`)).toMatchObject({ status: 'decided', decision: suggested, decidedBy: 'expert', reasons: expect.arrayContaining(['LOW_CONFIDENCE']) });
    expect((await expert.call('POST', `/api/inbox/tasks/${key}/undo`)).body).toMatchObject({ status: 409, type: 'urn:stellwerk:problem:undo-too-late' });
    expect((await expert.call('POST', `/api/inbox/tasks/${key}/verdict`, { class: suggested })).status).toBe(409);
    expect(await expert.get(`/api/inbox/tasks/${key}`)).toMatchObject({ step: 'done', decision: suggested });
    const done = await expert.get<TaskPage>('/api/inbox/tasks?list=done');
    expect(done.items.find(({ userTaskKey }) => userTaskKey === key)).toMatchObject({ step: 'done', completedAt: expect.any(String) });
    const completed = done.items.map(({ completedAt }) => completedAt ?? '');
    expect(completed).toEqual(completed.toSorted().toReversed());
  });

  it('leaves more time to take a verdict back while the person is at the offer, and none once it was handed on', async () => {
    const { started, key, suggested } = await creditTask(false);
    expect((await expert.call('POST', `/api/inbox/tasks/${key}/hold`)).body).toMatchObject({ status: 409, type: 'urn:stellwerk:problem:undo-too-late' });
    const { task } = await expert.post<VerdictResult>(`/api/inbox/tasks/${key}/verdict`, { class: suggested });
    if (task.step !== 'stored') throw new Error(`expected a stored verdict, found ${task.step}`);
    const held = await expert.post<{ undoUntil: string }>(`/api/inbox/tasks/${key}/hold`);
    expect(Date.parse(held.undoUntil) - Date.parse(task.undoUntil)).toBe(5000);
    expect(await expert.get(`/api/inbox/tasks/${key}`)).toMatchObject({ step: 'stored', undoUntil: held.undoUntil, may: { undo: true } });
    expect((await second.call('POST', `/api/inbox/tasks/${key}/hold`)).body).toMatchObject({ status: 409, type: 'urn:stellwerk:problem:task-taken' });
    expect((await auditor.call('POST', `/api/inbox/tasks/${key}/hold`)).status).toBe(403);
    expect(await expert.post(`/api/inbox/tasks/${key}/undo`)).toMatchObject({ step: 'blind' });

    await expert.post(`/api/inbox/tasks/${key}/verdict`, { class: suggested });
    expect(await product.application.get<CaseView>(`/api/cases/${started.caseId}?wait=30`)).toMatchObject({ status: 'decided' });
    expect((await expert.call('POST', `/api/inbox/tasks/${key}/hold`)).body).toMatchObject({ status: 409, type: 'urn:stellwerk:problem:undo-too-late' });
  });

  it('asks for a final verdict with a reason where expert and model differ, with the suggestion and its explanation', async () => {
    const { started, key, suggested, other } = await creditTask(false);
    expect((await expert.call('POST', `/api/inbox/tasks/${key}/final-verdict`, { class: other, text: 'too early' })).body).toMatchObject({ status: 409, type: 'urn:stellwerk:problem:verdict-refused' });
    const { outcome, task } = await expert.post<VerdictResult>(`/api/inbox/tasks/${key}/verdict`, { class: other });
    expect(outcome).toBe('differs');
    if (task.step !== 'compare') throw new Error(`expected the second look, found ${task.step}`);
    const { explanation } = task.suggestion;
    expect(task.suggestion).toMatchObject({ class: suggested, threshold: 0.99, reasons: expect.arrayContaining(['LOW_CONFIDENCE']), modelName: 'credit-risk-v1', release: { mode: 'automatic', demo: false } });
    const sum = Object.values(explanation?.attributions ?? {}).reduce((total, value) => total + value, explanation?.baseValue ?? 0);
    expect(sum).toBeCloseTo(explanation?.prediction ?? -1, 3);
    for (const person of [second, auditor]) expect(await person.get(`/api/inbox/tasks/${key}`)).toEqual(expect.not.objectContaining({ suggestion: expect.anything() }));
    expect(await second.get(`/api/inbox/tasks/${key}`)).toMatchObject({ step: 'blind', assignee: { name: 'expert' }, may: { decide: false, claim: false }, ownVerdicts: [] });

    expect((await expert.call('POST', `/api/inbox/tasks/${key}/final-verdict`, { class: other })).body).toMatchObject({ status: 422, type: 'urn:stellwerk:problem:verdict-invalid' });
    const final = await expert.post<VerdictResult>(`/api/inbox/tasks/${key}/final-verdict`, { class: suggested, reasonCode: 'income-not-stable', text: 'on second thought' });
    expect(final).toMatchObject({ outcome: 'answered', task: { step: 'stored' } });
    expect(await product.application.get(`/api/cases/${started.caseId}?wait=30`)).toMatchObject({ status: 'decided', decision: suggested, decidedBy: 'expert' });
    const record = await auditor.get<{ verdicts: unknown[]; decision: unknown; sealed: boolean }>(`/api/cases/${started.caseId}/record`);
    expect(record).toMatchObject({ sealed: false, decision: { provenance: 'after-seeing-model-switched' }, verdicts: [{ step: 'blind', class: other, reviewer: 'expert' }, { step: 'final', class: suggested, text: 'on second thought', reasonCode: 'income-not-stable' }] });
    const told = JSON.stringify(await product.application.get(`/api/cases/${started.caseId}/record`));
    expect(told).not.toContain('on second thought');
    expect(told).not.toContain('"reviewer":"expert"');
  });

  it('that cannot be judged goes to another person', async () => {
    const { started, key } = await creditTask(false);
    expect(await expert.post(`/api/inbox/tasks/${key}/verdict`, { answer: 'cannot-judge', text: 'pages missing' })).toMatchObject({ outcome: 'answered' });
    const settled = new Promise<string>((resolve) => {
      const look = async (): Promise<void> => {
        const { items } = await second.get<TaskPage>('/api/inbox/tasks?list=all&limit=200');
        const next = items.find((item) => item.caseId === started.caseId && item.purpose === 'adjudication');
        if (next === undefined) return nextTurn().then(look);
        resolve(next.userTaskKey);
      };
      void look();
    });
    const adjudication = await settled;
    expect((await expert.call('GET', `/api/inbox/tasks/${adjudication}`)).status).toBe(404);
    expect(await second.get(`/api/inbox/tasks/${adjudication}`)).toMatchObject({ step: 'blind', purpose: 'adjudication', ownVerdicts: [] });
  });

  it('answered with need-information stays with the person, with not-mine goes back', async () => {
    const { key } = await creditTask(false);
    expect(await expert.post(`/api/inbox/tasks/${key}/need-information`, { text: 'income?' })).toMatchObject({ outcome: 'answered', task: { step: 'blind', assignee: { name: 'expert' }, ownVerdicts: [{ answer: 'need-information' }] } });
    expect(await expert.post(`/api/inbox/tasks/${key}/not-mine`, {})).toMatchObject({ task: { step: 'blind', assignee: null, may: { claim: true } } });
    expect(await second.post(`/api/inbox/tasks/${key}/claim`)).toMatchObject({ assignee: { name: 'adjudicator' } });
  });

  it('of a class that the service does not have is refused, and nothing is stored', async () => {
    const { key } = await creditTask(false);
    expect((await expert.call('POST', `/api/inbox/tasks/${key}/verdict`, { class: 'maybe' })).body).toMatchObject({ status: 422, type: 'urn:stellwerk:problem:verdict-invalid' });
    expect((await expert.call('POST', `/api/inbox/tasks/${key}/verdict`, { class: 'grant', answer: 'cannot-judge' })).status).toBe(400);
    expect((await expert.call('POST', `/api/inbox/tasks/${key}/verdict`, {})).status).toBe(400);
    expect(await expert.get(`/api/inbox/tasks/${key}`)).toMatchObject({ step: 'blind', ownVerdicts: [], assignee: null });
  });

  it('given back in the second look goes to the next person as a fresh blind task, and is decided by them', async () => {
    const { started, key, suggested, other } = await creditTask(false);
    expect(await expert.post(`/api/inbox/tasks/${key}/verdict`, { class: other })).toMatchObject({ outcome: 'differs', task: { may: { unclaim: true } } });
    expect(await expert.post(`/api/inbox/tasks/${key}/unclaim`)).toMatchObject({ step: 'blind', assignee: null });
    expect((await expert.call('POST', `/api/inbox/tasks/${key}/final-verdict`, { class: other, text: 'late' })).status).toBe(409);
    const fresh = await second.post<TaskDetail>(`/api/inbox/tasks/${key}/claim`);
    expect(fresh).toMatchObject({ step: 'blind', ownVerdicts: [], may: { decide: true } });
    expect(JSON.stringify(fresh)).not.toContain('suggestion"');
    expect(await second.post(`/api/inbox/tasks/${key}/verdict`, { class: suggested })).toMatchObject({ outcome: 'agrees' });
    expect((await second.call('POST', `/api/inbox/tasks/${key}/unclaim`)).body).toMatchObject({ status: 409, type: 'urn:stellwerk:problem:task-answered' });
    expect(await product.application.get(`/api/cases/${started.caseId}?wait=30`)).toMatchObject({ status: 'decided', decision: suggested, decidedBy: 'expert' });
  });
});

describe('claims', () => {
  it('never override: the second is told who has the task, and answers nothing', async () => {
    const { key } = await creditTask(false);
    expect(await expert.post(`/api/inbox/tasks/${key}/claim`)).toMatchObject({ assignee: { name: 'expert', displayName: 'Fachkraft 1' }, may: { unclaim: true } });
    for (const [path, body] of [['claim', undefined], ['unclaim', undefined], ['verdict', { class: 'grant' }], ['need-information', {}], ['not-mine', {}]] as const)
      expect((await second.call('POST', `/api/inbox/tasks/${key}/${path}`, body)).body).toMatchObject({ status: 409, type: 'urn:stellwerk:problem:task-taken', assignee: { name: 'expert', displayName: 'Fachkraft 1' } });
    expect(await expert.post(`/api/inbox/tasks/${key}/claim`)).toMatchObject({ assignee: { name: 'expert' } });
    expect(await expert.post(`/api/inbox/tasks/${key}/unclaim`)).toMatchObject({ assignee: null });
    expect(await second.post(`/api/inbox/tasks/${key}/claim`)).toMatchObject({ assignee: { name: 'adjudicator' } });
  });

  it('are won by one of two who come at once', async () => {
    const { key } = await creditTask(false);
    const answers = await Promise.all([expert, second].map((person) => person.call('POST', `/api/inbox/tasks/${key}/verdict`, { class: 'grant' })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });
});

describe('lists', () => {
  it('hold the tasks of the own groups with counts, and page without losing or repeating any', async () => {
    for (let index = 0; index < 5; index += 1) await taskOf(expert, (await startTestCase(product, 'credit-risk', creditInput)).caseId);
    const all = await expert.get<TaskPage>('/api/inbox/tasks?list=unassigned&limit=200');
    expect(all.counts.unassigned).toBe(all.items.length);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: TaskPage = await expert.get(`/api/inbox/tasks?list=unassigned&limit=2${cursor === null ? '' : `&cursor=${cursor}`}`);
      seen.push(...page.items.map(({ userTaskKey }) => userTaskKey));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(all.items.map(({ userTaskKey }) => userTaskKey));
    expect(new Set(seen).size).toBe(seen.length);
    expect((await expert.call('GET', `/api/inbox/tasks?list=mine&cursor=${Buffer.from('["x","y"]').toString('base64url')}`)).body).toMatchObject({ status: 400, type: 'urn:stellwerk:problem:cursor-invalid' });
  });

  it('filter by service, and show the picture of a digit', async () => {
    let waiting: CaseView;
    let index = 0;
    do waiting = await startTestCase(product, 'digits', digits[index++]?.input); while (waiting.status === 'decided');
    const task = await taskOf(expert, waiting.caseId);
    expect(task.picture).toMatchObject({ width: 8, height: 8, max: 16, values: { length: 64 } });
    const only = await expert.get<TaskPage>('/api/inbox/tasks?list=all&service=digits&limit=200');
    expect(new Set(only.items.map(({ service }) => service))).toEqual(new Set(['digits']));
    expect((await expert.call('GET', '/api/inbox/tasks?service=no-such')).status).toBe(404);
    expect((await expert.call('GET', '/api/inbox/tasks?orderBy=confidence')).status).toBe(400);
  });

  it('are empty for a person of no group, and readers of all decide nothing', async () => {
    const { key } = await creditTask(false);
    const owner = await product.as('process-owner');
    expect((await owner.get<TaskPage>('/api/inbox/tasks?list=all')).counts.all).toBeGreaterThan(0);
    for (const reader of [owner, auditor]) expect((await reader.call('POST', `/api/inbox/tasks/${key}/verdict`, { class: 'grant' })).status).toBe(403);
    expect(await auditor.get(`/api/inbox/tasks/${key}`)).toMatchObject({ may: { claim: false, unclaim: false, decide: false, undo: false } });
    // A key that no list gave, also where the engine has such a task: its own keys open nothing.
    expect((await expert.call('GET', `/api/inbox/tasks/${'A'.repeat(22)}`)).body).toMatchObject({ status: 404, type: 'urn:stellwerk:problem:task-unknown' });
    const { items } = await product.stellwerk.engineClient.searchUserTasks({}, { consistency: { waitUpToMs: 0 } });
    expect((await expert.call('GET', `/api/inbox/tasks/${items[0]?.userTaskKey ?? ''}`)).status).toBe(400);
    expect((await expert.call('GET', '/api/inbox/tasks/nonsense')).status).toBe(400);
  });
});

describe('events', () => {
  it('tell an open inbox that its lists changed, without saying why', async () => {
    const controller = new AbortController();
    const stream = await fetch(`${product.stellwerk.url}/api/inbox/events`, { headers: { ...expert.headers, 'last-event-id': 'from-before' }, signal: controller.signal });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const { started } = await creditTask(true);
    const text = await readUntil(stream, started.caseId);
    controller.abort();
    expect(text).toContain('event: tasks-changed');
    expect(text).toContain(`data: {"event":"task-changed","caseId":"${started.caseId}"}`);
    expect(text).not.toMatch(/audit|reason|release|confidence/i);
  });
});

async function readUntil(stream: Response, wanted: string): Promise<string> {
  let text = '';
  for await (const chunk of stream.body ?? []) {
    text += new TextDecoder().decode(chunk);
    if (text.includes(wanted)) return text;
  }
  throw new Error(`the stream ended without ${wanted}: ${text}`);
}

/** Every value with its path. */
function* leaves(value: unknown, path = ''): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null) yield [path, value];
  else for (const [name, inner] of Object.entries(value)) yield* leaves(inner, `${path}/${name}`);
}
