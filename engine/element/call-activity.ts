// Call activity: starts another process and waits for its end.
import type { Variables } from '../variable/records.ts';
import { takeAllFlows, waiting } from './behaviour.ts';
import type { Activated, ElementBehaviour } from './behaviour.ts';
import { evaluateText } from './evaluate.ts';
import { isFailure } from './visit.ts';
import type { Failure, VisitOf } from './visit.ts';

export const callActivity: ElementBehaviour<'CALL_ACTIVITY'> = {
  onActivate: startCalledProcess,
  onComplete: takeAllFlows,
  onTerminate: (visit) => {
    const called = visit.view.processInstances.calledBy(visit.instance.key);
    if (called !== undefined) visit.step.followUps.push({ type: 'process-instance.terminate', processInstanceKey: called.key });
  },
};

function startCalledProcess(visit: VisitOf<'CALL_ACTIVITY'>): Activated | Failure {
  const { called } = visit.element;
  const processId = evaluateText(visit, called.processId);
  if (isFailure(processId)) return processId;
  const definition = visit.view.deployments.calledProcess({ id: processId, binding: called.binding, deploymentKey: visit.definition.deploymentKey });
  if (definition === undefined) {
    return { failure: 'CALLED_ELEMENT_ERROR', message: `Expected process with BPMN process id '${processId}' to be deployed, but not found.` };
  }
  const { noneStart } = definition.model;
  if (noneStart === null) {
    return { failure: 'CALLED_ELEMENT_ERROR', message: `Expected process with BPMN process id '${processId}' to have a none start event, but not found.` };
  }
  visit.step.followUps.push({
    type: 'process-instance.start',
    processDefinitionKey: definition.key,
    processInstanceKey: visit.view.newKey(),
    startElementId: noneStart,
    variables: variablesForChild(visit),
    parent: { processInstanceKey: visit.instance.processInstanceKey, elementInstanceKey: visit.instance.key },
  });
  return waiting;
}

/** All that the call activity sees, or only what its input mappings made. */
function variablesForChild(visit: VisitOf<'CALL_ACTIVITY'>): Variables {
  const own = { ...visit.view.variables.allLocal(visit.instance.key), ...visit.locals };
  return visit.element.called.propagateAllParentVariables ? { ...visit.view.variables.allVisible(visit.outerScopes()), ...own } : own;
}
