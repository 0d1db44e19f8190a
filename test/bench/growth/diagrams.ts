/** The smallest diagrams in which something waits, one per way of waiting. */

const head = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="http://bpmn.io/schema/bpmn">`;

/** start → `element` (its id is `wait`) → end; `outside` stands beside the process. */
function around(processId: string, element: string, outside = ''): string {
  return `${head}${outside}
  <bpmn:process id="${processId}" isExecutable="true">
    <bpmn:startEvent id="start" /><bpmn:sequenceFlow id="in" sourceRef="start" targetRef="wait" />
    ${element}
    <bpmn:sequenceFlow id="out" sourceRef="wait" targetRef="end" /><bpmn:endEvent id="end" />
  </bpmn:process>
</bpmn:definitions>`;
}

export const withJob = (processId: string): string =>
  around(processId, `<bpmn:serviceTask id="wait"><bpmn:extensionElements><zeebe:taskDefinition type="grow" /></bpmn:extensionElements></bpmn:serviceTask>`);

export const withUserTask = (processId: string): string =>
  around(processId, `<bpmn:userTask id="wait"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="=group" /></bpmn:extensionElements></bpmn:userTask>`);

export const withMessage = (processId: string): string =>
  around(
    processId,
    `<bpmn:intermediateCatchEvent id="wait"><bpmn:messageEventDefinition messageRef="message" /></bpmn:intermediateCatchEvent>`,
    `<bpmn:message id="message" name="grown"><bpmn:extensionElements><zeebe:subscription correlationKey="=key" /></bpmn:extensionElements></bpmn:message>`,
  );

export const withTimer = (processId: string): string =>
  around(processId, `<bpmn:intermediateCatchEvent id="wait"><bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P1D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>`);
