// Reads a file of labelled rows (JSON lines) that no model was fitted on, with its digest.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../../ledger/parse-json.ts';
import type { DecisionServiceDefinition } from '../../ledger/services/definition.ts';
import type { DataPart } from '../../ledger/releases/evaluation-report.ts';
import { EvaluationFailure } from './evaluation-failure.ts';

/** Whatever else a line holds (protected attributes) is left where it is. */
const Line = z.object({ input: z.record(z.string(), z.unknown()), outcome: z.string() });
export type LabelledRow = z.infer<typeof Line>;

export type LabelledRows = { part: DataPart; rows: LabelledRow[] };

/** `file` is a path below `folder`, as the service definition names it. Throws `EvaluationFailure`. */
export async function readLabelledRows(folder: string, file: string, classes: DecisionServiceDefinition['classes']): Promise<LabelledRows> {
  const path = join(folder, file);
  const inside = relative(folder, path);
  if (inside.startsWith('..') || isAbsolute(inside)) throw new EvaluationFailure('DATA_MISSING', `The evaluation file "${file}" lies outside the folder of evaluation data. Name a path below it.`);
  const bytes = await readBytes(path, file);
  const known = new Set(classes.map(({ id }) => id));
  const rows = bytes
    .toString('utf8')
    .split('\n')
    .map((text, index) => ({ text, line: index + 1 }))
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, line }) => readLine(text, `${file}, line ${line}`, known));
  if (rows.length === 0) throw new EvaluationFailure('DATA_INVALID', `The evaluation file "${file}" holds no row.`);
  return { part: { name: file, digest: createHash('sha256').update(bytes).digest('hex'), rows: rows.length }, rows };
}

async function readBytes(path: string, file: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR'))
      throw new EvaluationFailure('DATA_MISSING', `There is no evaluation file "${file}". Put it into the folder of evaluation data, or correct the service's evaluation plan.`);
    throw error;
  }
}

function readLine(text: string, where: string, known: ReadonlySet<string>): LabelledRow {
  const value = parseJson(text);
  if (value === undefined) throw new EvaluationFailure('DATA_INVALID', `${where}: not JSON.`);
  const parsed = Line.safeParse(value);
  if (!parsed.success) throw new EvaluationFailure('DATA_INVALID', `${where}: expected an object with "input" and "outcome".`);
  if (!known.has(parsed.data.outcome)) throw new EvaluationFailure('DATA_INVALID', `${where}: the outcome is no class of the service (${[...known].join(', ')}).`);
  return parsed.data;
}
