// The evaluation block of a service: optional, with defaults, and no part of the policy that a certificate binds.
import { describe, expect, it } from 'vitest';
import { policyDigest } from '../../ledger/releases/policy-digest.ts';
import { DecisionServiceDefinition } from '../../ledger/services/definition.ts';
import { EvaluationPlan, evaluationPlanOf, Segment } from '../../ledger/services/evaluation-plan.ts';
import { definition } from './fixture-definition.ts';

const digest = (one: DecisionServiceDefinition): string => policyDigest({ definition: one, routingTableDigest: 't', threshold: 0.8, modelDigest: 'm' });

describe('the evaluation plan of a service', () => {
  it('may be left out: an older definition stays as it was, and has the defaults', () => {
    const parsed = DecisionServiceDefinition.parse(definition);
    expect(parsed).toEqual(definition);
    expect('evaluation' in parsed).toBe(false);
    expect(evaluationPlanOf(parsed)).toMatchObject({ certify: null, segments: [], minimumSegment: 30, validDays: 90, leadDays: 30, canary: { steps: [10, 50, 100] } });
  });

  it('changes no policy digest: it decides how versions earn a release, not which cases are automatic', () => {
    const planned = DecisionServiceDefinition.parse({ ...definition, evaluation: { heldOut: 'loans/held-out.jsonl', margin: 0.1 } });
    expect(digest(planned)).toBe(digest(definition));
    expect(evaluationPlanOf(planned)).toMatchObject({ heldOut: 'loans/held-out.jsonl', margin: 0.1, failureLimit: 0.02 });
  });

  it.each([
    ['looks that do not ascend', { shadow: { looks: [40, 20], maxDays: 1 } }],
    ['no looks', { shadow: { looks: [], maxDays: 1 } }],
    ['steps that do not end with 100', { canary: { steps: [10, 50], stepHours: 1 } }],
    ['steps above 100', { canary: { steps: [10, 200], stepHours: 1 } }],
    ['a margin of 0', { margin: 0 }],
    ['an unknown member', { looks: [1] }],
  ])('refuses %s', (_, plan) => {
    expect(EvaluationPlan.safeParse(plan).success).toBe(false);
  });

  it('takes segments by values or by range, never both or neither', () => {
    const segment = { id: 'young', label: { de: 'jung', en: 'young' }, field: 'age' };
    expect(Segment.safeParse({ ...segment, below: 30 }).success).toBe(true);
    expect(Segment.safeParse({ ...segment, values: ['a'] }).success).toBe(true);
    expect(Segment.safeParse({ ...segment, values: ['a'], below: 30 }).success).toBe(false);
    expect(Segment.safeParse(segment).success).toBe(false);
  });
});
