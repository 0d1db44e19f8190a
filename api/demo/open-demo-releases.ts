/**
 * Opens the demo's releases on a new data folder: digits v1 automatic, under a certificate computed here and once
 * from outcomes no model was fitted on; credit v1 as a pilot, with what a certificate would need.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getService, listReleases, openRelease, type Ledger, type OpenReleaseRequest } from '../../ledger/index.ts';
import { ModelManifest } from '../../models/server/index.ts';
import type { InferenceClient } from '../../workers/index.ts';
import { certifyCandidate, readLabelledRows, scoreRows } from '../../workers/evaluation/index.ts';
import { unloadUnreleased } from './unload-unreleased.ts';

const demoDays = 90;
const openedBy = 'system:demo';
const dayMs = 24 * 3_600_000;
const modelsFolder = join(import.meta.dirname, '../../models');
const scoringLimitMs = 60_000;

/** `modelServerUrl`: the local model server, where there is one. */
export type DemoReleases = { ledger: Ledger; inference: InferenceClient; now: () => number; modelServerUrl?: string };

const plans = [
  { service: 'digits', model: 'digits-v1', mode: 'automatic' },
  { service: 'credit-risk', model: 'credit-risk-v1', mode: 'pilot' },
] as const;
type Plan = (typeof plans)[number];

/** Opens both releases, each where its service never had one; throws a sentence where a model does not answer or a release is refused. */
export async function openDemoReleases(demo: DemoReleases): Promise<void> {
  for (const plan of plans) await openDemoRelease(demo, plan);
}

async function openDemoRelease(demo: DemoReleases, plan: Plan): Promise<void> {
  if ((await listReleases(demo.ledger, plan.service)).length > 0) return;
  const stored = await getService(demo.ledger, plan.service);
  if (stored === null) throw new Error(`The demo needs the decision service "${plan.service}", which is not loaded.`);
  const { definition } = stored;
  const manifest = await readManifest(plan.service, plan.model);
  const model = { name: plan.model, version: manifest.version, digest: manifest.sha256 };
  const { part, rows } = await readLabelledRows(modelsFolder, `${plan.service}/data/certify.jsonl`, definition.classes);
  const signal = AbortSignal.timeout(scoringLimitMs);
  const [said = []] = await scoreRows([{ model, inference: demo.inference }], { definition, rows, signal, steadyClock: () => performance.now() });
  const answered = said.flatMap((one, index) => (one === null ? [] : [{ class: one.class, confidence: one.confidence, outcome: rows[index]?.outcome ?? '' }]));
  if (answered.length < rows.length) throw new Error(`The model server answered ${answered.length} of the ${rows.length} rows that "${plan.model}" is certified on. See its log.`);
  const certificate = certifyCandidate(answered, { definition, data: part, look: { index: 1, of: definition.promise.looks } });
  const request: Omit<OpenReleaseRequest, 'mode' | 'threshold'> = {
    service: plan.service,
    model,
    validUntil: demo.now() + demoDays * dayMs,
    openedBy,
    auditShare: definition.auditShare,
    demo: true,
    evidence: [{ name: part.name, digest: part.digest }],
    conditions: [],
    approvedBy: [openedBy],
    certificate,
  };
  // A version that its data do not certify is a pilot, whatever the plan was: nothing is shown as more than it is.
  const opened = await openRelease(demo.ledger, plan.mode === 'automatic' && certificate.certified ? { ...request, mode: 'automatic', threshold: certificate.threshold } : { ...request, mode: 'pilot' });
  if (opened.kind === 'refused') throw new Error(`The demo release of "${plan.service}" was refused: ${opened.message}`);
  if (demo.modelServerUrl !== undefined) await unloadUnreleased(demo.modelServerUrl, [plan.model]);
}

async function readManifest(service: string, model: string): Promise<ModelManifest> {
  const file = join(modelsFolder, service, 'artefacts', model, 'model.json');
  return ModelManifest.parse(JSON.parse(await readFile(file, 'utf8')));
}
