/**
 * Opens the demo's releases on a new data folder: digits v1 automatic, under a certificate computed here and once
 * from outcomes no model was fitted on; credit v1 as a pilot, with what a certificate would need.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getService, listReleases, openRelease, type Ledger, type OpenReleaseRequest } from '../../ledger/index.ts';
import type { DecisionServiceDefinition } from '../../ledger/services/definition.ts';
import { certifyThreshold, type Certification } from '../../trust/index.ts';
import type { InferenceClient } from '../../workers/index.ts';
import { buildFeatureRow } from '../../workers/serving/feature-row.ts';
import { ModelManifest } from '../../models/server/index.ts';
import { readDemoCases, type DemoCase } from './demo-cases.ts';

const demoDays = 90;
const openedBy = 'system:demo';
const dayMs = 24 * 3_600_000;

export type DemoReleases = { ledger: Ledger; inference: InferenceClient; now: () => number };

/** Opens both releases, each where its service never had one; throws a sentence where a model does not answer or a release is refused. */
export async function openDemoReleases(demo: DemoReleases): Promise<void> {
  await openDemoRelease(demo, { service: 'digits', model: 'digits-v1', mode: 'automatic' });
  await openDemoRelease(demo, { service: 'credit-risk', model: 'credit-risk-v1', mode: 'pilot' });
}

async function openDemoRelease(demo: DemoReleases, plan: { service: string; model: string; mode: 'automatic' | 'pilot' }): Promise<void> {
  if ((await listReleases(demo.ledger, plan.service)).length > 0) return;
  const stored = await getService(demo.ledger, plan.service);
  if (stored === null) throw new Error(`The demo needs the decision service "${plan.service}", which is not loaded.`);
  const { definition } = stored;
  const metadata = await demo.inference.metadata(plan.model, AbortSignal.timeout(20_000));
  const manifest = await readManifest(plan.service, plan.model);
  if (metadata?.digest !== manifest.sha256)
    throw new Error(`The model server serves another "${plan.model}" than the demo brings: expected SHA-256 ${manifest.sha256}, found ${metadata?.digest ?? 'none'}.`);
  const cases = await readDemoCases(plan.service, 'certify');
  const certification = certify(definition, await scoreAll(demo, definition, manifest, cases), cases);
  const request: Omit<OpenReleaseRequest, 'mode' | 'threshold'> = {
    service: plan.service,
    model: { name: plan.model, version: manifest.version, digest: manifest.sha256 },
    validUntil: demo.now() + demoDays * dayMs,
    openedBy,
    auditShare: definition.auditShare,
    demo: true,
    evidence: [await certifyPart(plan.service)],
    conditions: [],
    approvedBy: [openedBy],
    certificate: { ...certification, errorReference: definition.promise.errorReference, population: definition.promise.population },
  };
  // A version that its data do not certify is a pilot, whatever the plan was: nothing is shown as more than it is.
  const opened = await openRelease(
    demo.ledger,
    plan.mode === 'automatic' && certification.certified ? { ...request, mode: 'automatic', threshold: certification.threshold } : { ...request, mode: 'pilot' },
  );
  if (opened.kind === 'refused') throw new Error(`The demo release of "${plan.service}" was refused: ${opened.message}`);
}

type Scored = { class: string; confidence: number };

async function scoreAll(demo: DemoReleases, definition: DecisionServiceDefinition, { name: model, features }: ModelManifest, cases: readonly DemoCase[]): Promise<Scored[]> {
  const classes = definition.classes.map(({ id }) => id);
  const scored: Scored[] = [];
  for (const [index, { input }] of cases.entries()) {
    const built = buildFeatureRow(features, input);
    if (built.kind === 'unreadable') throw new Error(`Line ${index + 1} of the certify part of "${definition.id}" lacks the fields ${built.fields.join(', ')}.`);
    const call = { model, protocol: definition.model.protocol, row: built.row, classes, requestId: `certify-${index + 1}`, signal: AbortSignal.timeout(20_000) };
    scored.push(await demo.inference.predict(call));
  }
  return scored;
}

function certify(definition: DecisionServiceDefinition, scored: readonly Scored[], cases: readonly DemoCase[]): Certification {
  const automaticClasses = new Set(definition.classes.filter((one) => one.automatic).map(({ id }) => id));
  return certifyThreshold({
    scores: scored.map(({ confidence }) => confidence),
    automatic: scored.map((one) => automaticClasses.has(one.class)),
    errors: scored.map((one, index) => one.class !== cases[index]?.outcome),
    alpha: definition.promise.alpha,
    delta: definition.promise.delta,
    startAllowsErrors: 2,
  });
}

async function readManifest(service: string, model: string): Promise<ModelManifest> {
  const file = join(import.meta.dirname, '../../models', service, 'artefacts', model, 'model.json');
  return ModelManifest.parse(JSON.parse(await readFile(file, 'utf8')));
}

async function certifyPart(service: string) {
  const bytes = await readFile(join(import.meta.dirname, '../../models', service, 'data/certify.jsonl'));
  return { name: `${service}/data/certify.jsonl`, digest: createHash('sha256').update(bytes).digest('hex') };
}
