// The V1 protocol: model list, readiness, `:predict` and `:explain`.
import { z } from 'zod';
import type { DeskModel } from './model-desk.ts';
import { rowsOfInstances } from './rows.ts';
import { invalidInput } from './serving-error.ts';

export type V1Prediction = { label: string; probabilities: Record<string, number> };

/** An explanation costs thousands of evaluations: few rows at a time. */
const maximumExplained = 16;

export async function predictV1(model: DeskModel, body: unknown, signal: AbortSignal): Promise<{ predictions: V1Prediction[] }> {
  const rows = rowsOfInstances(body, model.manifest);
  return { predictions: readPredictions(model, await model.predict(rows, signal)) };
}

/** `parameters.class` names the class to explain; without it, each row's predicted class. */
export async function explainV1(model: DeskModel, body: unknown, signal: AbortSignal) {
  const { classes, features } = model.manifest;
  const rows = rowsOfInstances(body, model.manifest);
  const count = rows.length / features.length;
  if (count > maximumExplained) throw invalidInput(`expected at most ${maximumExplained} rows to explain, got ${count}`);
  const wanted = Explained.safeParse(body).data?.parameters?.class;
  const classIndex = wanted === undefined ? null : classes.indexOf(wanted);
  if (classIndex === -1) throw invalidInput(`expected one of the classes ${classes.join(', ')}, got ${String(wanted)}`);

  const predictions = readPredictions(model, await model.predict(rows, signal));
  const explanations = [];
  for (let row = 0; row < count; row += 1)
    explanations.push(await model.explain(rows.slice(row * features.length, (row + 1) * features.length), classIndex, signal));
  return { predictions, explanations };
}

const Explained = z.object({ parameters: z.object({ class: z.string().optional() }).optional() });

function readPredictions(model: DeskModel, probabilities: Float32Array): V1Prediction[] {
  const { classes } = model.manifest;
  return Array.from({ length: probabilities.length / classes.length }, (_, row) => {
    const values = probabilities.subarray(row * classes.length, (row + 1) * classes.length);
    return {
      label: classes[labelOf(values)] ?? '',
      probabilities: Object.fromEntries(classes.map((name, index) => [name, values[index] ?? 0])),
    };
  });
}

/** The class of the largest probability, the first of equals. */
export function labelOf(values: Float32Array): number {
  return values.indexOf(Math.max(...values));
}
