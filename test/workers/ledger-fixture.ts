// A ledger in memory with one decision service, its routing table and a release, and the tools a handler gets.
import { acceptCase, openLedger, openRelease, putRoutingTable, putService, type Case, type DecisionServiceDefinition, type Ledger, type Model } from '../../ledger/index.ts';
import type { EngineClient } from '../../workers/client.ts';
import { noPlatform } from '../../workers/kubeflow/no-platform.ts';
import { silentLog } from '../../workers/log.ts';
import type { JobFacts, Tools } from '../../workers/runtime/worker-definition.ts';
import { createInferenceClient } from '../../workers/serving/inference-client.ts';
import { createServingDirectory } from '../../workers/serving/serving-directory.ts';
import { defaultWorkerSettings, type WorkerSettings } from '../../workers/settings.ts';

export const start = Date.parse('2026-11-23T09:00:00Z');
export const model: Model = { name: 'risk-v1', version: '1', digest: 'd'.repeat(64) };
export const tableDigest = 't'.repeat(64);

export const serviceDefinition: DecisionServiceDefinition = {
  id: 'risk',
  name: { de: 'Risiko', en: 'Risk' },
  caseName: { de: 'Antrag', en: 'Application' },
  question: { de: 'Gewähren?', en: 'Grant?' },
  processDefinitionId: 'anomaly-routing',
  inputSchema: { type: 'object' },
  classes: [
    { id: 'grant', label: { de: 'Gewähren', en: 'Grant' }, key: '1', automatic: true },
    { id: 'decline', label: { de: 'Ablehnen', en: 'Decline' }, key: '2', automatic: false },
  ],
  model: { name: 'risk', protocol: 'v1', features: [{ field: 'amount' }, { field: 'purpose', categories: ['car', 'radio'] }] },
  anomaly: null,
  riskTier: 'high',
  costs: { errors: [], review: 1 },
  promise: { alpha: 0.1, delta: 0.1, demoFigure: false, looks: 1, errorReference: 'blind-verdict', labelDelayDays: 0, population: { de: 'alle', en: 'all' } },
  auditShare: 0.1,
  review: { candidateGroup: 'experts', adjudicatorGroup: 'adjudicators', dueAfter: 'PT8H', secondReviewer: false, reasonCodes: [], formId: 'review-risk' },
  routingFields: ['amount'],
  consentRequired: false,
  legalBasis: { de: '-', en: '-' },
  retentionDays: 365,
  presentation: { title: { de: '{amount}', en: '{amount}' }, subtitle: { de: '{purpose}', en: '{purpose}' }, fields: {}, picture: null },
};

export type ReleaseKind = 'automatic' | 'pilot' | 'none';
export type LedgerOptions = {
  release?: ReleaseKind;
  /** Near 1: every case is drawn; near 0: none. */
  auditShare?: number;
  service?: Partial<DecisionServiceDefinition>;
  routingTableDigest?: string;
  threshold?: number;
};

export type Movable = { time: number; now(): number };

/** The clock stands still until the test moves it. */
export async function openTestLedger(options: LedgerOptions = {}): Promise<{ ledger: Ledger; clock: Movable }> {
  const clock: Movable = { time: start, now: () => clock.time };
  const ledger = await openLedger({ inMemory: true, clock });
  await fillLedger(ledger, options);
  return { ledger, clock };
}

export async function fillLedger(ledger: Ledger, options: LedgerOptions = {}): Promise<void> {
  const definition = { ...serviceDefinition, ...options.service };
  await putService(ledger, definition, 'test');
  await putRoutingTable(ledger, { service: definition.id, digest: options.routingTableDigest ?? tableDigest, by: 'test' });
  const kind = options.release ?? 'automatic';
  if (kind === 'none') return;
  const opened = await openRelease(ledger, {
    service: definition.id,
    model,
    validUntil: ledger.clock.now() + 90 * 86_400_000,
    openedBy: 'test',
    auditShare: options.auditShare ?? 1e-9,
    certificate: null,
    ...(kind === 'pilot' ? { mode: 'pilot' as const } : { mode: 'automatic' as const, threshold: options.threshold ?? 0.8 }),
  });
  if (opened.kind === 'refused') throw new Error(opened.message);
}

export const goodInput = { amount: 1_234, purpose: 'radio' };

export async function newCase(ledger: Ledger, more: Partial<{ key: string; input: Record<string, unknown>; objection: boolean; callbackUrl: string; subject: string; businessId: string }> = {}): Promise<Case> {
  const accepted = await acceptCase(ledger, {
    service: 'risk',
    serviceVersion: 1,
    application: 'app-1',
    idempotencyKey: more.key ?? 'key-1',
    input: more.input ?? goodInput,
    objection: more.objection ?? false,
    ...(more.callbackUrl === undefined ? {} : { callbackUrl: more.callbackUrl }),
    ...(more.subject === undefined ? {} : { subject: more.subject }),
    ...(more.businessId === undefined ? {} : { businessId: more.businessId }),
  });
  if (accepted.kind === 'conflict') throw new Error('the key was used for another input');
  return accepted.case;
}

/** Tools of a job in process instance `1`; serving at `servingUrl`. */
export function toolsFor(ledger: Ledger, options: { servingUrl?: string; client?: EngineClient; job?: Partial<JobFacts>; settings?: Partial<WorkerSettings>; shadow?: Tools['shadow']; platform?: Tools['platform'] } = {}): Tools {
  const usual = defaultWorkerSettings({ servingAddress: () => options.servingUrl ?? 'http://127.0.0.1:1' });
  const settings: WorkerSettings = { ...usual, serving: { ...usual.serving, firstPauseMs: 1, maxPauseMs: 2 }, ...options.settings };
  const inference = createInferenceClient(settings.serving, ledger.clock);
  const platform = options.platform ?? noPlatform;
  return {
    signal: new AbortController().signal,
    client: options.client ?? ({} as EngineClient),
    ledger,
    inference,
    served: createServingDirectory({ deployment: platform.deployment, serving: settings.serving, common: inference, clock: ledger.clock, log: silentLog }),
    shadow: options.shadow ?? { offer: () => undefined },
    platform,
    settings,
    log: silentLog,
    job: {
      jobKey: '9', processInstanceKey: '1', processDefinitionId: 'anomaly-routing', processDefinitionVersion: 1, processDefinitionKey: '3',
      elementId: 'e', elementInstanceKey: '4', headers: {}, ...options.job,
    },
  };
}
