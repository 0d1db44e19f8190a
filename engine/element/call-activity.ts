// Call activity: starts another process and waits for its end.
import type { Binding, ElementBase, ElementOf, ExpressionSource } from '../model/executable.ts';
import { extensionOf, textOf } from '../model/moddle.ts';
import type { Node } from '../model/moddle.ts';
import type { Problems } from '../model/problems.ts';
import { readBinding } from '../model/read-binding.ts';
import { required } from '../model/required.ts';
import type { Variables } from '../variable/records.ts';
import { nothingToTakeBack, takeAllFlows, waiting } from './behaviour.ts';
import type { Activated } from './behaviour.ts';
import type { Element } from './contract.ts';
import { evaluateText } from './evaluate.ts';
import { fail, isFailure } from './visit.ts';
import type { Failure, VisitOf } from './visit.ts';

/** As deep as on a cluster; a process that calls itself without end stops here. */
export const DEEPEST_CALL = 1000;

declare module '../model/executable.ts' {
  interface ElementModels {
    CALL_ACTIVITY: { readonly called: CalledElementModel };
  }
}

type CalledElementModel = {
  readonly processId: ExpressionSource;
  readonly binding: Binding;
  readonly propagateAllChildVariables: boolean;
  readonly propagateAllParentVariables: boolean;
};

export const callActivity: Element<'CALL_ACTIVITY'> = {
  reads: 'bpmn:CallActivity',
  extensions: ['zeebe:IoMapping', 'zeebe:CalledElement'],
  read: readCallActivity,
  calls: ({ called: { processId, binding } }) => ({ kind: 'process', by: 'calledElement', id: processId, binding }),
  onActivate: startCalledProcess,
  onComplete: takeAllFlows,
  // element/terminate.ts ends the called process.
  onTerminate: nothingToTakeBack,
};

function startCalledProcess(visit: VisitOf<'CALL_ACTIVITY'>): Activated | Failure {
  const { called } = visit.element;
  const processId = evaluateText(visit, called.processId);
  if (isFailure(processId)) return processId;
  const definition = visit.view.deployments.calledProcess({ id: processId, binding: called.binding, deploymentKey: visit.definition.deploymentKey });
  if (definition === undefined) {
    return fail('CALLED_ELEMENT_ERROR', `Expected process with BPMN process id '${processId}' to be deployed, but not found.`);
  }
  const callDepth = visit.view.processInstances.get(visit.instance.processInstanceKey)?.callDepth ?? 1;
  if (callDepth >= DEEPEST_CALL) {
    return fail('CALLED_ELEMENT_ERROR', `The call activity has reached the maximum depth of ${DEEPEST_CALL}. This is likely due to a recursive call. Cancel the root process instance if this was unintentional. Otherwise, consider increasing the maximum depth, or use process instance modification to adjust the process instance.`);
  }
  const { noneStart } = definition.model;
  if (noneStart === null) {
    return fail('CALLED_ELEMENT_ERROR', `Expected process with BPMN process id '${processId}' to have a none start event, but not found.`);
  }
  visit.step.followUps.push({
    type: 'process-instance.start',
    processDefinitionKey: definition.key,
    processInstanceKey: visit.view.newKey(),
    startElementId: noneStart,
    variables: variablesForChild(visit),
    parent: { processInstanceKey: visit.instance.processInstanceKey, elementInstanceKey: visit.instance.key, callDepth },
  });
  return waiting;
}

/** All that the call activity sees, or only what its input mappings made. */
function variablesForChild(visit: VisitOf<'CALL_ACTIVITY'>): Variables {
  const own = { ...visit.view.variables.allLocal(visit.instance.key), ...visit.locals };
  return visit.element.called.propagateAllParentVariables ? { ...visit.view.variables.allVisible(visit.outerScopes()), ...own } : own;
}

function readCallActivity(node: Node, base: ElementBase, problems: Problems): ElementOf<'CALL_ACTIVITY'> {
  const called = extensionOf(node, 'zeebe:CalledElement');
  if (called === undefined) problems.add(node, "must have exactly one 'zeebe:calledElement' extension element");
  if (textOf(called, 'businessId') !== undefined) problems.add(node, "'businessId' of a called element is not supported");
  return {
    ...base,
    type: 'CALL_ACTIVITY',
    called: {
      processId: problems.check(node, required(node, called, 'processId', problems)),
      binding: readBinding(node, called, problems),
      propagateAllChildVariables: called?.['propagateAllChildVariables'] !== false,
      propagateAllParentVariables: called?.['propagateAllParentVariables'] !== false,
    },
  };
}
