// Decides batch operations: each item is the same command that a caller would give for it alone, and may be refused like it.
import { incidentDeciders } from '../incident/decide.ts';
import { scopesAround } from '../process-instance/activate-elements.ts';
import type { ElementInstanceRow } from '../element/state.ts';
import type { Key } from '../keys.ts';
import { processInstanceDeciders } from '../process-instance/decide.ts';
import { accept, emptyStep, nothing, reject } from '../processing/step.ts';
import type { Deciders, Decision, Step } from '../processing/step.ts';
import type { View } from '../view.ts';
import type { BatchItem, BatchOperationCommand, BatchPlan, ProcessBatchItem } from './records.ts';
import type { BatchOperationRow } from './state.ts';

export const batchOperationDeciders: Deciders<BatchOperationCommand | ProcessBatchItem> = {
  'batch-operation.create': ({ plan, items }, view, step) => {
    if (plan.type === 'MIGRATE_PROCESS_INSTANCE' && view.deployments.process(plan.targetProcessDefinitionKey) === undefined) {
      return reject('NOT_FOUND', `Expected to migrate process instances to process definition but no process definition found with key '${plan.targetProcessDefinitionKey}'`);
    }
    const key = view.newKey();
    step.events.push({ type: 'batch-operation.created', key, plan, items });
    if (items.length === 0) step.events.push({ type: 'batch-operation.completed', key });
    return accept({ batchOperationKey: key });
  },

  'batch-operation.suspend': ({ batchOperationKey }, view, step) => change(view, batchOperationKey, 'suspend', (batch) => {
    if (batch.state !== 'ACTIVE') return reject('INVALID_STATE', `Expected to suspend a batch operation with key '${batchOperationKey}', but it is suspended already`);
    step.events.push({ type: 'batch-operation.suspended', key: batchOperationKey });
    return accept();
  }),

  'batch-operation.resume': ({ batchOperationKey }, view, step) => change(view, batchOperationKey, 'resume', (batch) => {
    if (batch.state !== 'SUSPENDED') return reject('INVALID_STATE', `Expected to resume a batch operation with key '${batchOperationKey}', but it is not suspended`);
    step.events.push({ type: 'batch-operation.resumed', key: batchOperationKey });
    return accept();
  }),

  'batch-operation.cancel': ({ batchOperationKey }, view, step) => change(view, batchOperationKey, 'cancel', () => {
    step.events.push({ type: 'batch-operation.canceled', key: batchOperationKey });
    return accept();
  }),

  'batch-operation.process-item': ({ batchOperationKey: key, itemKey }, view, step) => {
    const batch = view.batchOperations.get(key);
    const item = view.batchOperations.openItem(key, itemKey);
    if (batch?.state !== 'ACTIVE' || item === undefined) return nothing;
    const trial = emptyStep();
    const decision = decideItem(batch.plan, { itemKey, ...item }, view, trial);
    if (decision.ok) take(step, trial);
    step.events.push({ type: 'batch-operation.item-processed', key, itemKey, failure: decision.ok ? null : decision.rejection.reason });
    if (view.batchOperations.openItems(key) <= 1) step.events.push({ type: 'batch-operation.completed', key });
    return accept();
  },
};

/** One that has ended is not found, as on a cluster. */
function change(view: View, key: Key, verb: string, decide: (batch: BatchOperationRow) => Decision): Decision {
  const batch = view.batchOperations.get(key);
  const isOpen = batch?.state === 'ACTIVE' || batch?.state === 'SUSPENDED';
  return isOpen ? decide(batch) : reject('NOT_FOUND', `Expected to ${verb} a batch operation with key '${key}', but no such batch operation was found`);
}

function decideItem(plan: BatchPlan, { itemKey, processInstanceKey }: BatchItem, view: View, step: Step): Decision {
  switch (plan.type) {
    case 'CANCEL_PROCESS_INSTANCE':
      return processInstanceDeciders['process-instance.cancel']({ type: 'process-instance.cancel', processInstanceKey }, view, step);
    case 'RESOLVE_INCIDENT':
      return incidentDeciders['incident.resolve']({ type: 'incident.resolve', incidentKey: itemKey }, view, step);
    case 'MIGRATE_PROCESS_INSTANCE': {
      const { targetProcessDefinitionKey, mapping } = plan;
      return processInstanceDeciders['process-instance.migrate']({ type: 'process-instance.migrate', processInstanceKey, targetProcessDefinitionKey, mapping }, view, step);
    }
    case 'MODIFY_PROCESS_INSTANCE': {
      const moved = plan.moves.flatMap(({ source, target }) => elementsAt(view, processInstanceKey, source).map((element) => ({ element, target })));
      return processInstanceDeciders['process-instance.modify']({
        type: 'process-instance.modify',
        processInstanceKey,
        activate: moved.map(({ element, target }) => ({ elementId: target, ...ancestorOf(view, element, target), variables: [] })),
        terminate: moved.map(({ element }) => element.key),
      }, view, step);
    }
    default:
      return plan satisfies never;
  }
}

/** Active instances of an element, the outermost only: a multi-instance body stands for what it repeats. */
function elementsAt(view: View, scopeKey: Key, elementId: string): ElementInstanceRow[] {
  return view.elements.activeIn(scopeKey).flatMap((child) => (child.elementId === elementId ? [child] : elementsAt(view, child.key, elementId)));
}

/** The target stays in the same scope instance where the diagram has it in that scope, too. */
function ancestorOf(view: View, { scopeKey, processDefinitionKey }: ElementInstanceRow, target: string): { readonly ancestorKey?: Key } {
  const definition = view.deployments.process(processDefinitionKey);
  const scope = view.elements.get(scopeKey);
  const isAround = definition !== undefined && scope !== undefined && scopesAround(definition, target).includes(scope.elementId);
  return isAround ? { ancestorKey: scopeKey } : {};
}

function take(step: Step, trial: Step): void {
  step.events.push(...trial.events);
  step.atOnce.push(...trial.atOnce);
  step.followUps.push(...trial.followUps);
}
