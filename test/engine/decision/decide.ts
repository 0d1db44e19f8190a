// Parses and evaluates in one step, for tests.
import { evaluateDecision, parseDrg, type DecisionResult, type Drg } from '../../../engine/decision/index.ts';

const environment = { now: Date.parse('2026-01-01T00:00:00Z'), timeZone: 'UTC' };

export async function drgOf(xml: string): Promise<Drg> {
  const drg = await parseDrg(xml);
  if ('error' in drg) throw new Error(drg.error);
  return drg;
}

export const decide = async (xml: string, variables: Record<string, unknown>, id = 'decision'): Promise<DecisionResult> =>
  evaluateDecision(await drgOf(xml), id, variables, environment);

/** The output of a decision that must have one. */
export async function outputOf(xml: string, variables: Record<string, unknown>, id = 'decision'): Promise<unknown> {
  const result = await decide(xml, variables, id);
  if (!result.ok) throw new Error(result.failureMessage);
  return result.output;
}

/** Why a file is refused. */
export async function refusalOf(xml: string): Promise<string> {
  const drg = await parseDrg(xml);
  return 'error' in drg ? drg.error : 'it was accepted';
}
