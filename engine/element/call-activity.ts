// Call activity: starts another process and waits for its end.
import type { Variables } from '../variable/records.ts';
import { nothingToTakeBack, takeAllFlows, waiting } from './behaviour.ts';
import type { Activated, ElementBehaviour } from './behaviour.ts';
import { evaluateText } from './evaluate.ts';
import { fail, isFailure } from './visit.ts';
import type { Failure, VisitOf } from './visit.ts';

/** As deep as on a cluster; a process that calls itself without end stops here. */
export const DEEPEST_CALL = 1000;

export const callActivity: ElementBehaviour<'CALL_ACTIVITY'> = {
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
