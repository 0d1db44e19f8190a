/** The digest of a policy: everything that decides which cases are automatic. A certificate holds for one digest. */
import { digestOf } from '../chain/digest.ts';
import type { DecisionServiceDefinition } from '../services/definition.ts';

export type Policy = {
  definition: DecisionServiceDefinition;
  routingTableDigest: string;
  threshold: number | null;
  modelDigest: string;
};

/** Texts, costs, due dates and the like may change without a new certificate; what is listed here may not. */
export function policyDigest(policy: Policy): string {
  const { definition, routingTableDigest, threshold, modelDigest } = policy;
  const rest = JSON.stringify([routingTableDigest, threshold, modelDigest]);
  const known = latest.get(definition);
  if (known?.rest === rest) return known.digest;
  const digest = computeDigest(policy);
  latest.set(definition, { rest, digest });
  return digest;
}

/** The last one of each stored definition, which never changes: every case asks for it. */
const latest = new WeakMap<DecisionServiceDefinition, { rest: string; digest: string }>();

function computeDigest(policy: Policy): string {
  const { definition } = policy;
  return digestOf({
    service: definition.id,
    processDefinitionId: definition.processDefinitionId,
    classes: definition.classes.map(({ id, automatic }) => ({ id, automatic })),
    features: definition.model.features,
    anomaly: definition.anomaly,
    promise: { alpha: definition.promise.alpha, delta: definition.promise.delta, looks: definition.promise.looks, errorReference: definition.promise.errorReference },
    routingFields: [...definition.routingFields].sort(),
    consentRequired: definition.consentRequired,
    routingTable: policy.routingTableDigest,
    threshold: policy.threshold,
    model: policy.modelDigest,
  });
}
