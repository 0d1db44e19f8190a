/**
 * The disk is full. SQLite itself refuses to grow its files (max_page_count on the product's own connections), which it
 * reports as it reports ENOSPC: the caller is told, nothing is half done, and work goes on when there is room again.
 */
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { getCase, verifyChain } from '../../ledger/index.ts';
import { nextTurn } from '../api/product.ts';
import { countEverything, digit, healthy, sendDigit, startProductWithModels, type ProductWithModels } from './product-with-models.ts';

const straight = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"><bpmn:process id="straight" isExecutable="true">
<bpmn:startEvent id="s"><bpmn:outgoing>f</bpmn:outgoing></bpmn:startEvent><bpmn:sequenceFlow id="f" sourceRef="s" targetRef="e"/><bpmn:endEvent id="e"><bpmn:incoming>f</bpmn:incoming></bpmn:endEvent>
</bpmn:process></bpmn:definitions>`;

const opened = new Set<DatabaseSync>();
/** SQLite's own, whatever is spied on. */
const exec = (database: DatabaseSync, sql: string): void => { original.call(database, sql); };
// eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its database above
const original = DatabaseSync.prototype.exec;
let product: ProductWithModels;

beforeAll(async () => {
  vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, sql: string) {
    opened.add(this);
    exec(this, sql);
  });
  product = await startProductWithModels();
  await product.release('digits-v1');
}, 60_000);
afterEach(() => { makeRoom('ledger.db'); makeRoom('engine.db'); product.models.answer = healthy; });
afterAll(async () => { vi.restoreAllMocks(); await product.close(); });

const connections = (file: string) => [...opened].filter((database) => database.isOpen && database.location()?.endsWith(`/${file}`) === true);

/** No file grows by a page any more. */
function fill(file: string): void {
  expect(connections(file).length).toBeGreaterThan(0);
  for (const database of connections(file)) exec(database, 'PRAGMA max_page_count = 1');
}

function makeRoom(file: string): void {
  for (const database of connections(file)) exec(database, 'PRAGMA max_page_count = 4294967294');
}

let keys = 0;
const start = (key: string, wait = 10) =>
  product.application.call('POST', '/api/decision-services/digits/cases', { input: digit, businessId: key }, { 'idempotency-key': key, prefer: `wait=${wait}` });
const casesOf = async (key: string) => (await product.application.get<{ items: unknown[] }>(`/api/cases?businessId=${key}`)).items.length;

/** Free pages inside a file are used up first. */
async function startUntilRefused(): Promise<{ key: string; answer: Awaited<ReturnType<typeof start>> }> {
  for (;;) {
    const key = `full-${++keys}`;
    const answer = await start(key, 0);
    if (answer.status > 299) return { key, answer };
  }
}

/** No case is on its way any more. */
async function settled(): Promise<void> {
  for (;;) {
    const { items } = await product.application.get<{ items: { status: string }[] }>('/api/cases?status=received&limit=1');
    if (items.length === 0) return;
    await nextTurn();
  }
}

describe("when the ledger's disk is full", () => {
  it('a case is refused with 507 and a sentence, nothing of it is stored, and the same request works once there is room', async () => {
    fill('ledger.db');
    const { key, answer } = await startUntilRefused();
    expect(answer).toMatchObject({ status: 507, body: { type: 'urn:stellwerk:problem:storage-full', detail: expect.stringContaining('nothing was stored') } });
    expect(await casesOf(key)).toBe(0);

    makeRoom('ledger.db');
    expect(await start(key)).toMatchObject({ status: 200, body: { status: 'decided', decidedBy: 'model' } });
    expect(await casesOf(key)).toBe(1);
    await settled();
    expect(await verifyChain(product.stellwerk.ledger)).toMatchObject({ ok: true });
  }, 60_000);

  it('cases that were accepted before go on by themselves once there is room, without an incident', async () => {
    // The model answers when the disk is full already: what it said cannot be stored.
    product.models.answer = (call) => { if (call.path.endsWith('/infer')) fill('ledger.db'); return healthy(call); };
    const accepted = await Promise.all(Array.from({ length: 30 }, (_, nth) => start(`before-${nth}`, 0)));
    const caseIds = accepted.filter(({ status }) => status < 300).map(({ body }) => (body as { caseId: string }).caseId);
    expect(caseIds.length).toBeGreaterThan(0);
    product.models.answer = healthy;
    makeRoom('ledger.db');
    await settled();
    for (const caseId of caseIds) expect((await getCase(product.stellwerk.ledger, caseId))?.status).toBe('decided');
    const incidents = await product.engineClient.post<{ page: { totalItems: number } }>('/v2/incidents/search', {});
    expect(incidents.page.totalItems).toBe(0);
  }, 60_000);
});

describe("when the engine's disk is full", () => {
  it('accepted cases wait in the outbox, /v2 answers 503, nothing is half done, and all goes on once there is room', async () => {
    await product.stellwerk.engineClient.createDeployment({ resources: [new File([straight], 'straight.bpmn')] });
    fill('engine.db');
    const publish = () => product.engineClient.call('POST', '/v2/messages/publication', { name: 'nobody-waits', correlationKey: 'k', timeToLive: 60_000, variables: { text: 'x'.repeat(20_000) } });
    let refused = await publish();
    while (refused.status === 200) refused = await publish();
    expect(refused).toMatchObject({ status: 503, body: { title: 'RESOURCE_EXHAUSTED', detail: expect.stringContaining('the disk is full and nothing was stored') } });
    const instances = (await countEverything(product))['instances'];
    const started = await product.application.call('POST', '/api/processes/straight/instances', { variables: { text: 'x'.repeat(20_000) } });
    expect(started).toMatchObject({ status: 503, body: { type: 'urn:stellwerk:problem:engine-unavailable', detail: expect.stringContaining('try again') } });
    expect((await countEverything(product))['instances']).toBe(instances);

    const waiting = await start('waits', 0);
    expect(waiting.status).toBe(202);
    makeRoom('engine.db');
    const { caseId } = waiting.body as { caseId: string };
    expect(await product.application.get(`/api/cases/${caseId}?wait=60`)).toMatchObject({ status: 'decided', decidedBy: 'model' });
    expect((await sendDigit(product)).view.status).toBe('decided');
  }, 90_000);
});
