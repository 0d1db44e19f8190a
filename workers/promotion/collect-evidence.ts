// Job worker `collect-evidence`: what registry and pipelines say of the proposed version, kept in the ledger by digest.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { addEvidence, type EvidenceDocument, type Lifecycle } from '../../ledger/index.ts';
import { authorProperty } from '../../ledger/releases/trainers.ts';
import { ReleaseProposed } from '../../processes/model-promotion/variables.ts';
import { PlatformError } from '../kubeflow/platform-error.ts';
import type { PipelineRun, PropertyValue } from '../kubeflow/ports.ts';
import { stateProperties } from '../kubeflow/registry/property-map.ts';
import { defineWorker, type Tools } from '../runtime/worker-definition.ts';
import { currentEvidence } from './current-evidence.ts';
import { onPlatform, platformRefused, releaseFailed } from './failures.ts';
import { findRegistered, type Registered } from './find-registered.ts';
import { promotionActor } from './move-or-fail.ts';
import { openLifeOf } from './release-in-hand.ts';

/** Properties of a registered version that lineage is read from; `data:<name>` holds the SHA-256 of a file trained on. */
const runProperty = 'pipeline-run';
const codeProperty = 'code';
const cardProperty = 'model-card';
const dataPrefix = 'data:';
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const collectEvidence = defineWorker({
  type: 'collect-evidence',
  input: ReleaseProposed.pick({ releaseId: true }),
  output: z.object({}),
  errors: ['RELEASE_FAILED', 'PLATFORM_UNAVAILABLE'],
  timeLimitMs: 60_000,

  async handle({ releaseId }, tools) {
    const life = await openLifeOf(tools.ledger, releaseId);
    const documents = await onPlatform(tools, () => collect(life, tools), platformRefused);
    const added = await addEvidence(tools.ledger, { releaseId, documents, by: promotionActor });
    if (added.kind === 'refused') throw releaseFailed('RELEASE_OVER', added.message);
    if (added.artefactChanged) throw releaseFailed('EVIDENCE_CHANGED', 'The registry holds another artefact than the one proposed. Propose the new one.');
    return {};
  },
});

async function collect(life: Lifecycle, tools: Tools): Promise<EvidenceDocument[]> {
  const { platform, signal } = tools;
  const registered = await findRegistered(platform.registry, life, signal);
  if (registered === null && life.source !== 'watch') throw releaseFailed('EVIDENCE_MISSING', `The registry knows no version with this artefact. Register it and propose it again.`);
  const properties = registered?.version.properties ?? {};
  const run = await runOf(life, properties, tools);
  const card = cardOf(registered);
  return [
    { kind: 'artefact', document: await artefactOf(life, registered, tools) },
    ...(registered === null ? [] : [registryOf(registered, platform.registry.kind)]),
    ...(run === null ? [] : [runDocument(run)]),
    ...(card === null ? [] : [card]),
    ...lineageOf(properties, run),
  ];
}

/** What was found served at the last evaluation stays, so that collecting again changes nothing by itself. */
async function artefactOf({ releaseId, model }: Lifecycle, registered: Registered | null, { ledger }: Tools) {
  const before = await currentEvidence(ledger, releaseId, 'artefact');
  const digest = registered?.artifact?.digest ?? model.digest;
  return {
    name: model.name,
    version: model.version,
    digest,
    uri: registered?.artifact?.uri ?? before?.uri ?? null,
    format: registered?.artifact?.format?.name ?? before?.format ?? null,
    sizeBytes: null,
    servedDigest: before?.digest === digest ? before.servedDigest : null,
  };
}

/** What we write back ourselves is no evidence: it changes with every move. */
function registryOf({ version }: Registered, registry: string): EvidenceDocument {
  const ours: readonly string[] = Object.values(stateProperties);
  const stated = Object.fromEntries(Object.entries(version.properties).filter(([name]) => !ours.includes(name)));
  // Whom the registry names cannot vote, whatever the proposal says of who trained it.
  const properties = version.author === null ? stated : { ...stated, [authorProperty]: version.author };
  return { kind: 'registry', document: { registry, modelId: version.model.id, versionId: version.id, state: version.live ? 'LIVE' : 'ARCHIVED', properties } };
}

async function runOf(life: Lifecycle, properties: Record<string, PropertyValue>, { platform, signal }: Tools): Promise<PipelineRun | null> {
  const named = life.source === 'pipeline' ? life.reference : null;
  const runId = named ?? properties[runProperty];
  if (typeof runId !== 'string' || platform.pipelines.kind === 'not-configured') return null;
  try {
    return await platform.pipelines.getRun(runId, { signal });
  } catch (error) {
    if (error instanceof PlatformError && (error.kind === 'not-found' || error.kind === 'invalid')) return null;
    throw error;
  }
}

function runDocument(run: PipelineRun): EvidenceDocument {
  const { runId, pipeline, state, parameters, createdAt, finishedAt } = run;
  return {
    kind: 'pipeline-run',
    document: { runId, pipelineId: pipeline?.pipelineId ?? null, versionId: pipeline?.pipelineVersionId ?? null, state, parameters, startedAt: createdAt, finishedAt },
  };
}

function cardOf(registered: Registered | null): EvidenceDocument | null {
  const property = registered?.version.properties[cardProperty];
  const markdown = typeof property === 'string' && property !== '' ? property : registered?.version.description;
  if (markdown == null || markdown.trim() === '') return null;
  return { kind: 'model-card', document: { markdown, digest: createHash('sha256').update(markdown).digest('hex') } };
}

function lineageOf(properties: Record<string, PropertyValue>, run: PipelineRun | null): EvidenceDocument[] {
  const data = Object.entries(properties).flatMap(([name, value]) => {
    const digest = Sha256.safeParse(value);
    return name.startsWith(dataPrefix) && digest.success ? [{ name: name.slice(dataPrefix.length), digest: digest.data }] : [];
  });
  const code = properties[codeProperty];
  const runName = run?.runId ?? properties[runProperty];
  if (data.length === 0 && code === undefined && runName === undefined) return [];
  return [{ kind: 'lineage', document: { data, code: code === undefined ? null : String(code), run: runName === undefined ? null : String(runName) } }];
}
