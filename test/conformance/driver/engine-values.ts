// The bodies of our engine's requests that have a shape of their own: creation, changes of instances, results of jobs.
import { OrchestrationLifters } from '@camunda8/sdk';
import { ElementInstanceKey } from '../../../workers/client.ts';
import type { JobResult, Step } from '../scenario/scenario.ts';
import { activeOf, type Facts } from './facts.ts';

type StepOf<Verb extends Step['do']> = Extract<Step, { do: Verb }>;
const tag = (text: string) => OrchestrationLifters.Tag.fromString(text);
const elementId = (text: string) => OrchestrationLifters.ElementId.assumeExists(text);

export function creationExtras({ startAt, tags, terminateAfter }: StepOf<'create'>) {
  return {
    ...(startAt === undefined ? {} : { startInstructions: startAt.map((id) => ({ elementId: elementId(id) })) }),
    ...(tags === undefined ? {} : { tags: pair(tags) }),
    ...(terminateAfter === undefined ? {} : { runtimeInstructions: terminateAfter.map((id) => ({ type: 'TERMINATE_PROCESS_INSTANCE' as const, afterElementId: elementId(id) })) }),
  };
}

/** The client counts the tags in its types. */
const pair = ([one, other]: readonly [string, string]): [OrchestrationLifters.Tag, OrchestrationLifters.Tag] => [tag(one), tag(other)];

/** A key that nobody has stands for an instance that is not there. */
const NOBODY = '1';

export function modification(step: StepOf<'modify'>, facts: Facts) {
  const keyOf = (place: string) => ElementInstanceKey.assumeExists(activeOf(facts, place)[0]?.key ?? facts.instances.find(({ process }) => process === place)?.key ?? NOBODY);
  return {
    activateInstructions: (step.activate ?? []).map(({ element, inside, variables = [] }) => ({
      elementId: elementId(element), ...(inside === undefined ? {} : { ancestorElementInstanceKey: keyOf(inside) }),
      variableInstructions: variables.map(({ scope, values }) => ({ variables: { ...values }, ...(scope === undefined ? {} : { scopeId: scope }) })),
    })),
    terminateInstructions: (step.terminate ?? []).map((place) => ({ elementInstanceKey: keyOf(place) })),
  };
}

export function migration({ mapping }: StepOf<'migrate'>) {
  return { mappingInstructions: Object.entries(mapping).map(([source, target]) => ({ sourceElementId: elementId(source), targetElementId: elementId(target) })) };
}

export function jobResult(result: JobResult | undefined) {
  if (result === undefined) return {};
  if (result.of === 'ad-hoc') {
    const activateElements = (result.activate ?? []).map(({ element, variables }) => ({ elementId: elementId(element), variables: { ...variables } }));
    return { result: { type: 'adHocSubProcess' as const, activateElements, isCompletionConditionFulfilled: result.isFulfilled ?? false, isCancelRemainingInstances: result.cancelRemaining ?? false } };
  }
  const { candidateGroups, candidateUsers, ...corrections } = result.corrections ?? {};
  const lists = { ...(candidateGroups === undefined ? {} : { candidateGroups: [...candidateGroups] }), ...(candidateUsers === undefined ? {} : { candidateUsers: [...candidateUsers] }) };
  return { result: { type: 'userTask' as const, denied: result.denied ?? false, deniedReason: result.reason ?? '', corrections: { ...corrections, ...lists } } };
}
