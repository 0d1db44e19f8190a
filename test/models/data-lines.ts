// Reads the data lines that the training scripts left, and turns an input into the row that a model wants.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ManifestFeature } from '../../models/server/model-manifest.ts';

export type DataLine = {
  input: Record<string, unknown>;
  outcome: string;
  protected: Record<string, unknown>;
  row: (features: readonly ManifestFeature[]) => number[];
};

export async function readLines(family: string, part: 'certify' | 'held-out'): Promise<DataLine[]> {
  const file = path.join(import.meta.dirname, '../../models', family, 'data', `${part}.jsonl`);
  const text = await readFile(file, 'utf8');
  return text.trimEnd().split('\n').map((line) => {
    const parsed = JSON.parse(line) as Omit<DataLine, 'row'>;
    return { ...parsed, row: (features) => features.map((feature) => numberOf(parsed.input[feature.field], feature)) };
  });
}

function numberOf(value: unknown, { field, categories, element }: ManifestFeature): number {
  const found: unknown = element === undefined ? value : (value as unknown[])[element];
  const number = categories === undefined ? found : categories.indexOf(String(found));
  if (typeof number !== 'number' || number < 0) throw new Error(`no number for ${field} in ${JSON.stringify(value)}`);
  return number;
}
