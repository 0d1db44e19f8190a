/** A ledger with one decision service, and the steps of a case, for tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  acceptCase,
  drawAuditSample,
  openLedger,
  openRelease,
  openReview,
  putRoutingTable,
  putService,
  storeBlindVerdict,
  storePrediction,
  type AcceptCaseRequest,
  type BlindVerdictRequest,
  type Case,
  type DecisionServiceDefinition,
  type Ledger,
  type OpenLedgerOptions,
  type Release,
} from '../../ledger/index.ts';
import { testDatabaseUrl } from '../harness/test-database.ts';
import { definition } from './fixture-definition.ts';

export { definition };

export const startOfTest = Date.UTC(2025, 0, 15, 9);

export type TestClock = { now(): number; move(ms: number): void };

export function testClock(): TestClock {
  let now = startOfTest;
  return { now: () => now, move: (ms) => void (now += ms) };
}

export type Bench = { ledger: Ledger; clock: TestClock };

/** In memory unless a folder is given; closed when the test ends. */
export async function openBench(options: Partial<OpenLedgerOptions> & { definition?: DecisionServiceDefinition } = {}): Promise<Bench> {
  const clock = testClock();
  const { definition: own, ...rest } = options;
  const ledger = await openLedger({ clock, ...(rest.dataDir === undefined && emptyStore()), ...rest });
  onTestFinished(() => ledger.close());
  await putService(ledger, own ?? definition, 'owner');
  await putRoutingTable(ledger, { service: 'loans', digest: 'table-1', by: 'owner' });
  return { ledger, clock };
}

/** Memory, or a schema of its own on the PostgreSQL server of the run. */
export function emptyStore(): Pick<OpenLedgerOptions, 'inMemory' | 'databaseUrl' | 'dataDir'> {
  const databaseUrl = testDatabaseUrl();
  return databaseUrl === null ? { inMemory: true } : { databaseUrl, dataDir: tempFolder() };
}

export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

let lastKey = 0;

export async function receive(ledger: Ledger, request: Partial<AcceptCaseRequest> = {}): Promise<Case> {
  lastKey += 1;
  const result = await acceptCase(ledger, {
    service: 'loans',
    serviceVersion: 1,
    application: 'bank',
    idempotencyKey: `key-${lastKey}`,
    input: { amount: 1000, region: 'north' },
    objection: false,
    ...request,
  });
  if (result.kind === 'conflict') throw new Error('The test sent one key with two bodies.');
  return result.case;
}

export const model = { name: 'loans-v1', version: '1', digest: 'model-1' };

/** Automatic at 0.8 for 30 days; nobody is drawn unless `auditShare` says so. */
export async function release(bench: Bench, change: { auditShare?: number; threshold?: number; validForMs?: number } = {}): Promise<Release> {
  const result = await openRelease(bench.ledger, {
    service: 'loans',
    mode: 'automatic',
    model,
    threshold: change.threshold ?? 0.8,
    certificate: { m: 300, k: 2 },
    validUntil: bench.clock.now() + (change.validForMs ?? 30 * 86_400_000),
    openedBy: 'approver',
    auditShare: change.auditShare ?? 1e-12,
  });
  if (result.kind !== 'opened') throw new Error(result.message);
  return result.release;
}

export async function pilot(bench: Bench): Promise<Release> {
  const result = await openRelease(bench.ledger, { service: 'loans', mode: 'pilot', model, certificate: null, validUntil: bench.clock.now() + 86_400_000, openedBy: 'approver' });
  if (result.kind !== 'opened') throw new Error(result.message);
  return result.release;
}

export async function predict(ledger: Ledger, caseId: string, releaseId: string | null, change: { class?: string; confidence?: number } = {}): Promise<void> {
  const confidence = change.confidence ?? 0.9;
  const outcome = change.class ?? 'grant';
  await storePrediction(ledger, { caseId, role: 'decider', releaseId, model, class: outcome, confidence, probabilities: { [outcome]: confidence } });
}

/** Received, drawn, scored: one step before the gate. */
export async function scored(bench: Bench, releaseId: string | null, change: { class?: string; confidence?: number } & Partial<AcceptCaseRequest> = {}): Promise<string> {
  const { class: outcome, confidence, ...request } = change;
  const { caseId } = await receive(bench.ledger, request);
  await drawAuditSample(bench.ledger, caseId);
  await predict(bench.ledger, caseId, releaseId, { ...(outcome !== undefined && { class: outcome }), ...(confidence !== undefined && { confidence }) });
  return caseId;
}

/** A scored case that is with people. */
export async function inReview(bench: Bench, change: Parameters<typeof scored>[2] = {}): Promise<string> {
  const active = await pilot(bench);
  const caseId = await scored(bench, active.releaseId, change);
  await openReview(bench.ledger, { caseId, reasons: ['PILOT'] });
  return caseId;
}

export function blind(caseId: string, outcome: string, change: Partial<BlindVerdictRequest> = {}): BlindVerdictRequest {
  return { caseId, userTaskKey: `task-of-${caseId}`, reviewer: 'erika', answer: { kind: 'class', class: outcome }, ...change };
}

/** A blind verdict whose undo window is over. */
export async function judge(bench: Bench, caseId: string, outcome: string, change: Partial<BlindVerdictRequest> = {}): Promise<void> {
  const result = await storeBlindVerdict(bench.ledger, blind(caseId, outcome, change));
  if (result.kind !== 'stored') throw new Error(result.message);
  bench.clock.move(5001);
}
