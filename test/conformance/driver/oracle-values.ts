// The values of the real engine's commands that have a shape of their own: creation, changes of instances, results of jobs.
import type { JobResult, Step, TaskChanges } from '../scenario/scenario.ts';
import { activeOf, type Facts } from './facts.ts';

type StepOf<Verb extends Step['do']> = Extract<Step, { do: Verb }>;

export function creation(step: StepOf<'create'>): object {
  return {
    bpmnProcessId: step.process, version: step.version ?? -1, variables: step.variables ?? {}, tags: step.tags ?? [],
    startInstructions: (step.startAt ?? []).map((elementId) => ({ elementId })),
    runtimeInstructions: (step.terminateAfter ?? []).map((afterElementId) => ({ type: 'TERMINATE_PROCESS_INSTANCE', afterElementId })),
  };
}

/** A key that nobody has stands for an instance that is not there. */
const NOBODY = 1;

export function modification(step: StepOf<'modify'>, facts: Facts): object {
  const keyOf = (place: string) => Number(activeOf(facts, place)[0]?.key ?? facts.instances.find(({ process }) => process === place)?.key ?? NOBODY);
  return {
    activateInstructions: (step.activate ?? []).map(({ element, inside, variables = [] }) => ({
      elementId: element, ancestorScopeKey: inside === undefined ? -1 : keyOf(inside),
      variableInstructions: variables.map(({ scope, values }) => ({ elementId: scope ?? '', variables: values })),
    })),
    terminateInstructions: (step.terminate ?? []).map((place) => ({ elementInstanceKey: keyOf(place) })),
  };
}

export function migration(step: StepOf<'migrate'>, targetProcessDefinitionKey: number): object {
  return { targetProcessDefinitionKey, mappingInstructions: Object.entries(step.mapping).map(([sourceElementId, targetElementId]) => ({ sourceElementId, targetElementId })) };
}

/** The REST gateway writes these fields too; what is corrected is named twice. */
export function jobResult(result: JobResult | undefined): { result?: object } {
  if (result === undefined) return {};
  if (result.of === 'ad-hoc') {
    const activateElements = (result.activate ?? []).map(({ element, variables }) => ({ elementId: element, variables: variables ?? {} }));
    return { result: { type: 'AD_HOC_SUB_PROCESS', activateElements, isCompletionConditionFulfilled: result.isFulfilled ?? false, isCancelRemainingInstances: result.cancelRemaining ?? false } };
  }
  const corrections = result.corrections === undefined ? {} : corrected(result.corrections);
  return { result: { type: 'USER_TASK', denied: result.denied ?? false, deniedReason: result.reason ?? '', corrections, correctedAttributes: Object.keys(corrections) } };
}

function corrected({ assignee, candidateGroups, candidateUsers, dueDate, followUpDate, priority }: TaskChanges & { readonly assignee?: string }): object {
  const fields = { assignee, candidateGroupsList: candidateGroups, candidateUsersList: candidateUsers, dueDate, followUpDate, priority };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
