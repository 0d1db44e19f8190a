// The demo's real cases: the parts of the two data sets that no model was fitted on.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** One line of a data file. `protected` never leaves it: no model, router or process sees it. */
export const DemoCase = z.strictObject({
  input: z.record(z.string(), z.unknown()),
  outcome: z.string(),
  protected: z.record(z.string(), z.unknown()),
});
export type DemoCase = z.infer<typeof DemoCase>;

/** `certify`: outcomes that a certificate is computed from; `held-out`: cases to replay. */
export type DemoPart = 'certify' | 'held-out';

/** Reads one part of one service's data. */
export async function readDemoCases(service: string, part: DemoPart): Promise<DemoCase[]> {
  const file = join(import.meta.dirname, '../../models', service, 'data', `${part}.jsonl`);
  const text = await readFile(file, 'utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => DemoCase.parse(JSON.parse(line)));
}
