/** The two processes that every engine of the bench runs, in each engine's dialect: only the job's kind and the condition's language differ. */

export type Dialect = 'zeebe' | 'camunda7' | 'flowable';

const namespaces: Readonly<Record<Dialect, string>> = {
  zeebe: 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"',
  camunda7: 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"',
  flowable: 'xmlns:flowable="http://flowable.org/bpmn"',
};

/** Camunda 7 deploys no process that does not say how long its history is kept. */
const processAttributes: Readonly<Record<Dialect, string>> = { zeebe: '', camunda7: ' camunda:historyTimeToLive="P180D"', flowable: '' };

const serviceTask: Readonly<Record<Dialect, { attributes: string; extension: string }>> = {
  zeebe: { attributes: '', extension: '<bpmn:extensionElements><zeebe:taskDefinition type="bench-work" /></bpmn:extensionElements>' },
  camunda7: { attributes: ' camunda:type="external" camunda:topic="bench-work"', extension: '' },
  flowable: { attributes: ' flowable:type="external-worker" flowable:topic="bench-work"', extension: '' },
};

const condition: Readonly<Record<Dialect, string>> = { zeebe: '= n &gt; 10 and ok', camunda7: '${n &gt; 10 &amp;&amp; ok}', flowable: '${n &gt; 10 &amp;&amp; ok}' };

const userTask: Readonly<Record<Dialect, { attributes: string; extension: string }>> = {
  zeebe: { attributes: '', extension: '<bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="clerks" /></bpmn:extensionElements>' },
  camunda7: { attributes: ' camunda:candidateGroups="clerks"', extension: '' },
  flowable: { attributes: ' flowable:candidateGroups="clerks"', extension: '' },
};

/** Start → one job → gateway → one of two ends. Starts with `n`; the job answers `ok`. */
export function straightThrough(dialect: Dialect): string {
  const { attributes, extension } = serviceTask[dialect];
  return diagram(dialect, 'straight-through', `<bpmn:startEvent id="start"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="work" />
    <bpmn:serviceTask id="work"${attributes}>${extension}<bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing></bpmn:serviceTask>
    <bpmn:sequenceFlow id="b" sourceRef="work" targetRef="decide" />
    <bpmn:exclusiveGateway id="decide" default="d"><bpmn:incoming>b</bpmn:incoming><bpmn:outgoing>c</bpmn:outgoing><bpmn:outgoing>d</bpmn:outgoing></bpmn:exclusiveGateway>
    <bpmn:sequenceFlow id="c" sourceRef="decide" targetRef="high"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition[dialect]}</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="d" sourceRef="decide" targetRef="low" />
    <bpmn:endEvent id="high"><bpmn:incoming>c</bpmn:incoming></bpmn:endEvent>
    <bpmn:endEvent id="low"><bpmn:incoming>d</bpmn:incoming></bpmn:endEvent>`);
}

/** Start → user task → end. Starts with `n`. */
export function parking(dialect: Dialect): string {
  const { attributes, extension } = userTask[dialect];
  return diagram(dialect, 'park', `<bpmn:startEvent id="start"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="ask" />
    <bpmn:userTask id="ask" name="Ask"${attributes}>${extension}<bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing></bpmn:userTask>
    <bpmn:sequenceFlow id="b" sourceRef="ask" targetRef="end" />
    <bpmn:endEvent id="end"><bpmn:incoming>b</bpmn:incoming></bpmn:endEvent>`);
}

function diagram(dialect: Dialect, process: string, elements: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" ${namespaces[dialect]} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:process id="${process}" isExecutable="true"${processAttributes[dialect]}>
    ${elements}
  </bpmn:process>
</bpmn:definitions>`;
}
