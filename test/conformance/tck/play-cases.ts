// Plays the kit's cases on our decisions and says which differ, and how.
import { evaluateDecision, parseDrg } from '../../../engine/decision/index.ts';
import type { JsonValue } from '../../../engine/expression/index.ts';
import { beginRun, valueToJson, newBudget, type Value } from '../../../engine/expression/values.ts';
import { environment, type TckCase, type TckModel } from './read-cases.ts';

export type Difference = { readonly suite: string; readonly id: string; readonly why: string };
export type Played = { readonly cases: number; readonly differences: readonly Difference[] };

export async function playKit(models: readonly TckModel[]): Promise<Played> {
  const differences: Difference[] = [];
  for (const model of models) differences.push(...(await playModel(model)));
  return { cases: models.reduce((sum, { cases }) => sum + cases.length, 0), differences };
}

async function playModel({ xml, cases }: TckModel): Promise<Difference[]> {
  const drg = await parseDrg(xml);
  return cases.flatMap((one) => {
    const why = 'error' in drg ? `refused: ${reasonOf(drg.error)}` : whyDifferent(drg, one);
    return why === undefined ? [] : [{ suite: one.suite, id: one.id, why }];
  });
}

type Drg = Exclude<Awaited<ReturnType<typeof parseDrg>>, { readonly error: string }>;

function whyDifferent(drg: Drg, { invokes, inputs, results }: TckCase): string | undefined {
  if (invokes === 'decisionService' || invokes === 'bkm') return `calls a ${invokes === 'bkm' ? 'business knowledge model' : 'decision service'} directly, for which Camunda has no API`;
  for (const { decision: name, expected, isError } of results) {
    const decision = drg.decisions.find((one) => one.name === name || one.id === name);
    if (decision === undefined) return 'asks for something that is no decision';
    const result = evaluateDecision(drg, decision.id, (variable) => inputs.get(variable), environment);
    const output = result.ok ? result.output : null;
    if (isError && output === null) continue;
    if (!result.ok) return 'fails instead of giving a value';
    if (!same(output, jsonOf(expected))) return 'another value';
  }
  return undefined;
}

/** Without the names of the one decision, so that the reasons can be counted. */
const reasonOf = (error: string): string => error.replace(/^.*?: /, '').replaceAll(/'[^']*'/g, '…').slice(0, 110);

function jsonOf(value: Value): JsonValue {
  const found = valueToJson(value, { read: () => undefined, environment, budget: beginRun(environment, newBudget()).budget });
  return 'json' in found ? found.json : null;
}

/** Equal as the kit compares: numbers to eight digits. */
function same(a: JsonValue, b: JsonValue): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 1e-8 * Math.max(1, Math.abs(b));
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => same(item, b[index] ?? null));
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
  const names = Object.keys(b);
  return Object.keys(a).length === names.length && names.every((name) => Object.hasOwn(a, name) && same(a[name] ?? null, b[name] ?? null));
}
