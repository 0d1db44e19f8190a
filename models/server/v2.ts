// The V2 protocol (Open Inference Protocol): metadata and `infer`.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { DeskModel } from './model-desk.ts';
import { rowsOfTensor } from './rows.ts';
import { invalidInput, schemaIssues } from './serving-error.ts';
import { labelOf } from './v1.ts';

const InferRequest = z.object({
  id: z.string().nullish(),
  parameters: z.record(z.string(), z.unknown()).nullish(),
  inputs: z.array(
    z.object({
      name: z.string(),
      shape: z.array(z.int().nonnegative()),
      datatype: z.string(),
      data: z.array(z.unknown()),
    }),
  ),
});

const numericTypes = ['FP16', 'FP32', 'FP64', 'INT8', 'INT16', 'INT32', 'INT64', 'UINT8', 'UINT16', 'UINT32', 'UINT64'];

/** As KServe's, and in `parameters` what a caller needs to build a row and a release to name the model. */
export function describeModel({ manifest }: DeskModel) {
  const { name, version, family, classes, features, sha256 } = manifest;
  return {
    name,
    versions: null,
    platform: 'onnxruntime_onnx',
    inputs: [{ name: 'input', datatype: 'FP32', shape: [-1, features.length] }],
    outputs: [
      { name: 'label', datatype: 'INT64', shape: [-1] },
      { name: 'probabilities', datatype: 'FP32', shape: [-1, classes.length] },
    ],
    parameters: { version, family, sha256, classes, features },
  };
}

export type InferRequest = z.infer<typeof InferRequest>;

/** KServe checks a V2 body before it looks for the model; its issues are worded as pydantic words them. */
export function readInferRequest(body: unknown): InferRequest {
  const parsed = InferRequest.safeParse(body);
  if (parsed.success) return parsed.data;
  throw schemaIssues(
    parsed.error.issues.map((issue) => ({
      ...describeIssue(issue, isAbsent(body, issue.path)),
      loc: ['body', 'InferenceRequest', ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))],
    })),
  );
}

/** `label` is the index of the class of the largest probability; `parameters.classes` of the metadata names it. */
export async function inferV2(model: DeskModel, request: InferRequest, signal: AbortSignal) {
  const { manifest } = model;
  const [input] = request.inputs;
  if (input === undefined || request.inputs.length !== 1) throw invalidInput(`expected one input tensor, got ${request.inputs.length}`);
  if (!numericTypes.includes(input.datatype)) throw invalidInput(`expected a numeric datatype such as FP32, got ${input.datatype}`);

  const probabilities = await model.predict(rowsOfTensor(input, manifest), signal);
  const width = manifest.classes.length;
  const count = probabilities.length / width;
  const labels = Array.from({ length: count }, (_, row) => labelOf(probabilities.subarray(row * width, (row + 1) * width)));
  return {
    model_name: manifest.name,
    model_version: manifest.version,
    id: request.id ?? randomUUID(),
    parameters: null,
    outputs: [
      { name: 'label', shape: [count], datatype: 'INT64', parameters: null, data: labels },
      { name: 'probabilities', shape: [count, width], datatype: 'FP32', parameters: null, data: [...probabilities] },
    ],
  };
}

const pydanticTypes: Record<string, { type: string; msg: string }> = {
  array: { type: 'list_type', msg: 'Input should be a valid list' },
  string: { type: 'string_type', msg: 'Input should be a valid string' },
  number: { type: 'int_type', msg: 'Input should be a valid integer' },
  int: { type: 'int_type', msg: 'Input should be a valid integer' },
  record: { type: 'dict_type', msg: 'Input should be a valid dictionary' },
  object: { type: 'model_attributes_type', msg: 'Input should be a valid dictionary or object to extract fields from' },
};

function describeIssue(issue: z.core.$ZodIssue, absent: boolean): { type: string; msg: string } {
  if (absent) return { type: 'missing', msg: 'Field required' };
  const known = issue.code === 'invalid_type' ? pydanticTypes[issue.expected] : undefined;
  return known ?? { type: issue.code, msg: issue.message };
}

function isAbsent(body: unknown, path: readonly PropertyKey[]): boolean {
  let value: unknown = body;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return false;
    value = new Map(Object.entries(value)).get(String(step));
  }
  return value === undefined;
}
