// The Open Inference Protocol (V2): `infer` and model metadata. Never a `/versions/` path: KServe answers 501 to it.
import { z } from 'zod';
import { Feature } from '../../ledger/services/definition.ts';
import type { RawPrediction } from './class-prediction.ts';
import { ServingError } from './serving-error.ts';

const Scalar = z.union([z.number(), z.string(), z.boolean()]);
const Output = z.object({
  name: z.string(),
  shape: z.array(z.number()),
  datatype: z.string(),
  parameters: z.record(z.string(), z.unknown()).nullish(),
  /** Flat by the standard; nested is answered too. */
  data: z.array(z.unknown()),
});
const InferAnswer = z.object({ parameters: z.record(z.string(), z.unknown()).nullish(), outputs: z.array(Output).min(1) });
type Output = z.infer<typeof Output>;

const ClassNames = z.array(z.string()).min(2);

/** What metadata may say beyond the standard; servers without it are taken at the release's word. */
const Metadata = z.object({
  name: z.string(),
  outputs: z.array(z.object({ name: z.string() })).nullish(),
  parameters: z
    .looseObject({ classes: ClassNames.optional(), sha256: z.string().optional(), features: z.array(Feature).min(1).optional() })
    .nullish(),
});

export type ModelMetadata = {
  /** In the order of the probabilities. */
  classes: string[] | null;
  /** SHA-256 of the model's file. */
  digest: string | null;
  /** The row that this model wants; another version may want another one. */
  features: Feature[] | null;
  outputs: string[];
};

const probabilityNames = ['probabilities', 'predict_proba', 'output_probability'];
const labelNames = ['label', 'predict', 'output_label'];
const scoreNames = ['score', 'anomaly_score', 'decision_function'];

export function v2InferPath(model: string): string {
  return `v2/models/${encodeURIComponent(model)}/infer`;
}

export function v2MetadataPath(model: string): string {
  return `v2/models/${encodeURIComponent(model)}`;
}

/**
 * `id` comes back in the answer and in the server's log: the case, so that a call can be found again.
 * `outputs` is honoured by MLServer, whose default leaves the probabilities out, and ignored by KServe.
 */
export function v2Body(row: readonly number[], id: string, outputs: readonly string[]): Record<string, unknown> {
  return {
    id,
    inputs: [{ name: 'input', shape: [1, row.length], datatype: 'FP32', data: [...row] }],
    ...(outputs.length === 0 ? {} : { outputs: outputs.map((name) => ({ name })) }),
  };
}

/** The outputs to ask for: those that the metadata lists and we can read, else the names of scikit-learn. */
export function classifierOutputs(metadata: ModelMetadata | null): string[] {
  const listed = (metadata?.outputs ?? []).filter((name) => probabilityNames.includes(name) || labelNames.includes(name));
  return listed.length > 0 ? listed : ['predict', 'predict_proba'];
}

export function readV2Prediction(answer: unknown, metadata: ModelMetadata | null): RawPrediction {
  const { outputs, parameters } = read(InferAnswer, answer);
  const output = find(outputs, probabilityNames);
  if (output === undefined) throw new ServingError('error', 'The model server answered no output named "probabilities"');
  const probabilities = z.array(z.number()).safeParse(output.data.flat(2));
  if (!probabilities.success) throw new ServingError('error', 'The model server answered probabilities that are no numbers');
  const names = classNames(output.parameters) ?? classNames(parameters) ?? metadata?.classes ?? null;
  const label = readLabel(find(outputs, labelNames), names);
  if (names === null) return { label, probabilities: probabilities.data };
  if (names.length !== probabilities.data.length) throw new ServingError('error', 'The model server answered as many probabilities as it has no class names for');
  return { label, probabilities: Object.fromEntries(names.map((name, index) => [name, probabilities.data[index] ?? Number.NaN])) };
}

export function readV2Score(answer: unknown): number {
  const { outputs } = read(InferAnswer, answer);
  const value = z.number().safeParse((find(outputs, scoreNames) ?? outputs[0])?.data.flat(2)[0]);
  if (!value.success) throw new ServingError('error', 'The model server answered no score');
  return value.data;
}

export function readV2Metadata(answer: unknown): ModelMetadata {
  const { outputs, parameters } = read(Metadata, answer);
  return {
    classes: parameters?.classes ?? null,
    digest: parameters?.sha256 ?? null,
    features: parameters?.features ?? null,
    outputs: (outputs ?? []).map((output) => output.name),
  };
}

/** An index into the class names, or the name itself. Without names a number says nothing: the probabilities decide. */
function readLabel(output: Output | undefined, names: readonly string[] | null): string | null {
  if (output === undefined) return null;
  const value = Scalar.safeParse(output.data.flat(2)[0]);
  if (!value.success) return null;
  if (output.datatype === 'BYTES') return String(value.data);
  return names?.[Number(value.data)] ?? null;
}

function classNames(parameters: Record<string, unknown> | null | undefined): string[] | null {
  const names = ClassNames.safeParse(parameters?.['classes']);
  return names.success ? names.data : null;
}

function find(outputs: readonly Output[], names: readonly string[]): Output | undefined {
  return outputs.find((output) => names.includes(output.name));
}

function read<T extends z.ZodType>(schema: T, answer: unknown): z.infer<T> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new ServingError('error', 'The model server answered in a shape that is not of the V2 protocol', where);
}
