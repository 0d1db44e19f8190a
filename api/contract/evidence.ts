/** The documents that a go-live rests on, one schema per kind; the same as the ledger keeps, which a test holds equal. */
import { z } from 'zod';
import { EvaluationReport } from './evaluation-report.ts';
import { CanaryReport, ShadowReport } from './traffic-report.ts';
import { Text } from './values.ts';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const PropertyValue = z.union([z.string(), z.number(), z.boolean()]);

/** `servedDigest`: what the serving endpoint says it serves; null where it says nothing. */
export const ArtefactEvidence = z.strictObject({
  name: z.string(),
  version: z.string(),
  digest: Sha256,
  uri: z.string().nullable(),
  format: z.string().nullable(),
  sizeBytes: z.int().nonnegative().nullable(),
  servedDigest: Sha256.nullable(),
});

export const RegistryEvidence = z.strictObject({
  registry: z.string(),
  modelId: z.string(),
  versionId: z.string(),
  state: z.string(),
  properties: z.record(z.string(), PropertyValue),
});

/** Times as ISO 8601; null where the platform says none. */
export const PipelineRunEvidence = z.strictObject({
  runId: z.string(),
  pipelineId: z.string().nullable(),
  versionId: z.string().nullable(),
  state: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
});

export const ModelCardEvidence = z.strictObject({ markdown: z.string(), digest: Sha256 });

export const GateEvidence = z.strictObject({
  result: z.enum(['pass', 'findings', 'block']),
  findings: z.array(z.strictObject({ code: z.string(), severity: z.enum(['info', 'warning', 'block']), text: Text })),
});

export const LineageEvidence = z.strictObject({
  data: z.array(z.strictObject({ name: z.string(), digest: Sha256 })),
  code: z.string().nullable(),
  run: z.string().nullable(),
});

/** Every kind by its name. */
export const evidenceSchemas = {
  artefact: ArtefactEvidence,
  registry: RegistryEvidence,
  'pipeline-run': PipelineRunEvidence,
  'model-card': ModelCardEvidence,
  evaluation: EvaluationReport,
  gate: GateEvidence,
  'shadow-report': ShadowReport,
  'canary-report': CanaryReport,
  lineage: LineageEvidence,
} as const;

export type EvidenceKind = keyof typeof evidenceSchemas;

const document = <K extends EvidenceKind>(kind: K) => z.strictObject({ kind: z.literal(kind), document: evidenceSchemas[kind] });

export const EvidenceDocument = z.discriminatedUnion('kind', [
  document('artefact'),
  document('registry'),
  document('pipeline-run'),
  document('model-card'),
  document('evaluation'),
  document('gate'),
  document('shadow-report'),
  document('canary-report'),
  document('lineage'),
]).meta({ id: 'EvidenceDocument' });
export type EvidenceDocument = z.infer<typeof EvidenceDocument>;

export { EvaluationReport } from './evaluation-report.ts';
export { CanaryReport, ShadowReport } from './traffic-report.ts';
