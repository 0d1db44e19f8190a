// KServe's V1 protocol: `:predict` and `:explain`.
import { z } from 'zod';
import type { RawPrediction } from './class-prediction.ts';
import { ServingError } from './serving-error.ts';

const Label = z.union([z.string(), z.number()]).transform(String);
const Probabilities = z.union([z.record(z.string(), z.number()), z.array(z.number())]);

/** A dictionary with label and probabilities, or a plain list of probabilities in the order of the service's classes. */
const Predictions = z.object({
  predictions: z.tuple([z.union([z.object({ label: Label.optional(), probabilities: Probabilities }), z.array(z.number())])]).rest(z.unknown()),
});

/** A label alone with the probabilities beside it, as scikit-learn models on KServe answer. */
const LabelBeside = z.object({
  predictions: z.tuple([z.union([z.string(), z.number()])]).rest(z.unknown()),
  probabilities: z.tuple([Probabilities]).rest(z.unknown()),
});

const Scores = z.object({
  predictions: z.tuple([z.union([z.number(), z.object({ score: z.number() }), z.tuple([z.number()])])]).rest(z.unknown()),
});

const Explanations = z.object({
  explanations: z
    .tuple([
      z.object({
        method: z.string(),
        class: z.string().optional(),
        base_value: z.number().optional(),
        prediction: z.number().optional(),
        attributions: z.record(z.string(), z.number()),
        tolerance: z.number().nullable().optional(),
      }),
    ])
    .rest(z.unknown()),
});

export type RawExplanation = z.infer<typeof Explanations>['explanations'][0];

export function v1Path(model: string, verb: 'predict' | 'explain'): string {
  return `v1/models/${encodeURIComponent(model)}:${verb}`;
}

export function v1Body(row: readonly number[]): { instances: number[][] } {
  return { instances: [[...row]] };
}

export function readV1Prediction(answer: unknown): RawPrediction {
  const beside = LabelBeside.safeParse(answer);
  if (beside.success) {
    const { predictions: [label], probabilities: [probabilities] } = beside.data;
    // A number may be an index of the model's own: it says nothing that the probabilities do not say.
    return { label: typeof label === 'string' ? label : null, probabilities };
  }
  const [first] = read(Predictions, answer).predictions;
  return Array.isArray(first) ? { label: null, probabilities: first } : { label: first.label ?? null, probabilities: first.probabilities };
}

export function readV1Score(answer: unknown): number {
  const [first] = read(Scores, answer).predictions;
  if (typeof first === 'number') return first;
  return Array.isArray(first) ? first[0] : first.score;
}

export function readV1Explanation(answer: unknown): RawExplanation {
  return read(Explanations, answer).explanations[0];
}

function read<T extends z.ZodType>(schema: T, answer: unknown): z.infer<T> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new ServingError('error', 'The model server answered in a shape that is not of the V1 protocol', where);
}
