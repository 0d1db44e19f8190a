// One ONNX file behind a plain function: rows of numbers in, class probabilities out.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as ort from 'onnxruntime-web';
import { ModelManifest } from './model-manifest.ts';

export type ServedModel = {
  manifest: ModelManifest;
  /** Flat, row by row, `manifest.features.length` numbers each; answers flat, `classes.length` numbers each. */
  predict: (rows: Float32Array) => Promise<Float32Array>;
  release: () => Promise<void>;
};

/** Reads `model.json` and `model.onnx`, checks that they belong together, and runs one row to warm up. */
export async function openModel(folder: string): Promise<ServedModel> {
  const manifest = await readManifest(path.join(folder, 'model.json'));
  const content = await readFile(path.join(folder, 'model.onnx'));
  const digest = createHash('sha256').update(content).digest('hex');
  if (digest !== manifest.sha256)
    throw new Error(`${folder}: model.onnx has the digest ${digest}, but model.json says ${manifest.sha256}; run the training script again`);

  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
  const session = await ort.InferenceSession.create(content, { executionProviders: ['wasm'] });
  const [inputName] = session.inputNames;
  if (session.inputNames.length !== 1 || inputName === undefined || !session.outputNames.includes('probabilities'))
    throw new Error(`${folder}: expected one input and an output "probabilities", found ${session.inputNames.join()} and ${session.outputNames.join()}`);

  const width = manifest.features.length;
  const predict = async (rows: Float32Array): Promise<Float32Array> => {
    const count = rows.length / width;
    const input = new ort.Tensor('float32', rows, [count, width]);
    const { probabilities } = await session.run({ [inputName]: input }, ['probabilities']);
    const data = probabilities?.data;
    if (!(data instanceof Float32Array) || data.length !== count * manifest.classes.length)
      throw new Error(`${manifest.name} answered ${probabilities?.dims.join('×') ?? 'nothing'} for ${count} rows and ${manifest.classes.length} classes`);
    return data;
  };
  await predict(Float32Array.from(manifest.background[0] ?? []));
  return { manifest, predict, release: () => session.release() };
}

/** Throws a sentence where the file is no manifest. */
export async function readManifest(file: string): Promise<ModelManifest> {
  const parsed = ModelManifest.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file}: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`);
  return parsed.data;
}
