// What is bound to its own deployment must stand in it.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';
import { extended } from '../listeners.ts';

const bound = (tag: string, body: string) => buildProcess('p', (p) => p.start().add(tag, 'x', extended(body)).end());
const called = bound('callActivity', '<zeebe:calledElement processId="c" bindingType="deployment"/>');
const decided = bound('businessRuleTask', '<zeebe:calledDecision decisionId="d" resultVariable="r" bindingType="deployment"/>');
const asked = bound('userTask', '<zeebe:userTask/><zeebe:formDefinition formId="f" bindingType="deployment"/>');

test.each([['process', called, 'c', 'calledElement'], ['decision', decided, 'd', 'calledDecision'], ['form', asked, 'f', 'formDefinition']])('refuses a %s that its deployment lacks', async (kind, diagram, id, place) => {
  const engine = startEngine();
  const { reason } = await engine.refused({ type: 'deployment.create', resources: [{ name: 'p.bpmn', content: diagram }] });
  expect(reason).toContain(`'p.bpmn': - Element: x > extensionElements > ${place} - ERROR: Expected to find ${kind} with id '${id}' in current deployment, but not found.`);
  expect(engine.rows('SELECT * FROM process_definitions')).toEqual([]);
});

test('takes what stands beside it, and leaves expressions to the run', async () => {
  const engine = startEngine();
  await engine.deploy(called, buildProcess('c', (p) => p.start().end()));
  await engine.deploy(bound('callActivity', '<zeebe:calledElement processId="=id" bindingType="deployment"/>'));
});
