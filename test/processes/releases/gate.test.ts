// The promotion gate, row by row: which findings an evaluation leads to, and which of them block, by risk tier.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluateDecision, parseDrg } from '../../../engine/decision/index.ts';
import { GateVariable } from '../../../processes/model-promotion/variables.ts';

const drg = await parseDrg(readFileSync('processes/model-promotion/gate.dmn', 'utf8'));
if ('error' in drg) throw new Error(drg.error);
const table = drg;

const good = {
  accuracy: 'better', cost: 'better', calibration: 'undecided', latency: 'in-limit', certified: true, automationShare: 0.4, failureShare: 0,
  segmentsOverLimit: 0, segmentsTooSmall: 0, modelCard: true, lineage: true, trainerKnown: true,
};

function gate(riskTier: string, changes: Record<string, unknown> = {}) {
  const result = evaluateDecision(table, 'modelPromotionGate', { riskTier, evaluation: { ...good, ...changes } }, { now: 0, timeZone: 'UTC' });
  if (!result.ok) throw new Error(result.failureMessage);
  const { result: outcome, findings } = GateVariable.parse(result.output);
  return [outcome, ...findings.map(({ code, severity }) => `${code} ${severity}`)];
}

describe('the promotion gate', () => {
  it.each(['low', 'medium', 'high'])('passes a candidate that is better, certified and documented, of %s risk', (tier) => {
    expect(gate(tier)).toEqual(['pass']);
  });

  it.each<[Record<string, unknown>, string, string[]]>([
    [{ failureShare: 0.06 }, 'low', ['block', 'UNANSWERED block']],
    [{ failureShare: 0.05 }, 'high', ['pass']],
    [{ latency: 'over-limit' }, 'low', ['findings', 'SLOW warning']],
    [{ latency: 'over-limit' }, 'high', ['block', 'SLOW block']],
    [{ accuracy: 'worse', cost: 'worse' }, 'low', ['block', 'WORSE block']],
    [{ cost: 'worse' }, 'medium', ['findings', 'COST_WORSE warning']],
    [{ cost: 'worse' }, 'high', ['block', 'COST_WORSE block']],
    [{ accuracy: 'worse' }, 'high', ['findings', 'ACCURACY_WORSE warning']],
    [{ calibration: 'worse' }, 'low', ['findings', 'CALIBRATION_WORSE warning']],
    [{ certified: false }, 'high', ['findings', 'NOT_CERTIFIED info']],
    [{ segmentsOverLimit: 1, segmentsTooSmall: 2 }, 'high', ['findings', 'SEGMENT_OVER_LIMIT warning', 'SEGMENT_TOO_SMALL info']],
    [{ modelCard: false }, 'medium', ['findings', 'NO_MODEL_CARD warning']],
    [{ modelCard: false }, 'high', ['block', 'NO_MODEL_CARD block']],
    [{ lineage: false }, 'low', ['findings', 'NO_LINEAGE info']],
    [{ lineage: false }, 'high', ['findings', 'NO_LINEAGE warning']],
    [{ trainerKnown: false }, 'low', ['pass']],
    [{ trainerKnown: false }, 'high', ['findings', 'TRAINER_UNKNOWN warning']],
    [{ accuracy: 'no-champion', cost: 'no-champion', calibration: 'no-champion' }, 'high', ['pass']],
  ])('for %o of %s risk says %o', (changes, tier, expected) => {
    expect(gate(tier, changes)).toEqual(expected);
  });
});
