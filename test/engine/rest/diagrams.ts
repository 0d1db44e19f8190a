// Diagrams, tables and forms of the REST tests, as small as they can be.

const bpmn = (body: string) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:modeler="http://camunda.org/schema/modeler/1.0"
  id="definitions" targetNamespace="http://stellwerk/test" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.6.0">${body}</bpmn:definitions>`;

/** start → job `type` → end */
export const oneJob = (id: string, type = id) => bpmn(`
  <bpmn:process id="${id}" name="One job" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="work" />
    <bpmn:serviceTask id="work" name="Work">
      <bpmn:extensionElements><zeebe:taskDefinition type="${type}" retries="2" /><zeebe:taskHeaders><zeebe:header key="colour" value="red" /></zeebe:taskHeaders></bpmn:extensionElements>
      <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:sequenceFlow id="f2" sourceRef="work" targetRef="end" />
    <bpmn:endEvent id="end"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>`);

/** start → user task with form, group and due date → end */
export const review = (id: string) => bpmn(`
  <bpmn:process id="${id}" name="Review" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="look" />
    <bpmn:userTask id="look" name="Look at it">
      <bpmn:extensionElements>
        <zeebe:userTask /><zeebe:formDefinition formId="look-form" />
        <zeebe:assignmentDefinition candidateGroups="=[&#34;experts&#34;, &#34;chiefs&#34;]" />
        <zeebe:taskSchedule dueDate="=now() + duration(&#34;P1D&#34;)" />
        <zeebe:ioMapping><zeebe:input source="=amount * 2" target="doubled" /></zeebe:ioMapping>
      </bpmn:extensionElements>
      <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="f2" sourceRef="look" targetRef="end" />
    <bpmn:endEvent id="end"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>`);

/** start → wait for the message `paid` of `orderId` → end */
export const waiting = (id: string) => bpmn(`
  <bpmn:message id="paid" name="paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=orderId" /></bpmn:extensionElements></bpmn:message>
  <bpmn:process id="${id}" name="Waiting" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="wait" />
    <bpmn:intermediateCatchEvent id="wait" name="Paid">
      <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing><bpmn:messageEventDefinition messageRef="paid" />
    </bpmn:intermediateCatchEvent>
    <bpmn:sequenceFlow id="f2" sourceRef="wait" targetRef="end" />
    <bpmn:endEvent id="end"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>`);

export const form = (id = 'look-form') => JSON.stringify({ id, type: 'default', schemaVersion: 16, executionPlatform: 'Camunda Cloud', executionPlatformVersion: '8.6.0', components: [{ type: 'textfield', key: 'comment', label: 'Comment' }] });

export const dmn = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="routing" name="Routing" namespace="http://stellwerk/test">
  <decision id="route" name="Route">
    <decisionTable id="table" hitPolicy="FIRST">
      <input id="in" label="Amount"><inputExpression id="ie" typeRef="number"><text>amount</text></inputExpression></input>
      <output id="out" label="Lane" name="lane" typeRef="string" />
      <rule id="big"><inputEntry id="e1"><text>&gt; 10</text></inputEntry><outputEntry id="o1"><text>"people"</text></outputEntry></rule>
      <rule id="rest"><inputEntry id="e2"><text></text></inputEntry><outputEntry id="o2"><text>"machine"</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>`;
