// What it costs to collect the outputs of multi-instance, by how many there are: CPU time per item must not grow with them.
// Run: node test/bench/multi-instance.ts [items …]
import { createClock } from '../../engine/clock.ts';
import { openCore } from '../../engine/core.ts';
import { ownCpuMs } from './measure.ts';

const body = {
  script: '<bpmn:scriptTask id="each"><bpmn:extensionElements><zeebe:script expression="=item * 2" resultVariable="out"/></bpmn:extensionElements>LOOP</bpmn:scriptTask>',
  job: '<bpmn:serviceTask id="each"><bpmn:extensionElements><zeebe:taskDefinition type="work"/></bpmn:extensionElements>LOOP</bpmn:serviceTask>',
};
const loop = (isSequential: boolean) => `<bpmn:multiInstanceLoopCharacteristics isSequential="${String(isSequential)}"><bpmn:extensionElements>
  <zeebe:loopCharacteristics inputCollection="=items" inputElement="item" outputCollection="results" outputElement="=out"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>`;
const diagram = (kind: keyof typeof body, isSequential: boolean) => `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">
  <bpmn:process id="p" isExecutable="true"><bpmn:startEvent id="s"/><bpmn:sequenceFlow id="a" sourceRef="s" targetRef="each"/>
  ${body[kind].replace('LOOP', loop(isSequential))}<bpmn:sequenceFlow id="b" sourceRef="each" targetRef="e"/><bpmn:endEvent id="e"/></bpmn:process></bpmn:definitions>`;

const counts = process.argv.slice(2).map(Number);
console.log('| activity | items | CPU s | CPU µs per item |\n|---|---|---|---|');
for (const kind of ['script', 'job'] as const) {
  for (const isSequential of [false, true]) {
    for (const count of counts.length > 0 ? counts : [1_000, 6_000, 20_000]) console.log(`| ${isSequential ? 'sequential' : 'parallel'} ${kind} | ${count} | ${await measure(kind, isSequential, count)} |`);
  }
}

/** One instance from its start to its end. */
async function measure(kind: keyof typeof body, isSequential: boolean, count: number): Promise<string> {
  const core = openCore({ file: ':memory:', clock: createClock() });
  await core.submit({ type: 'deployment.create', resources: [{ name: 'p.bpmn', content: diagram(kind, isSequential) }] });
  const before = ownCpuMs();
  const started = await core.submit({ type: 'process-instance.create', definition: { bpmnProcessId: 'p' }, variables: { items: Array.from({ length: count }, (_, index) => index) } });
  if (!started.ok) throw new Error(started.rejection.reason);
  const { processInstanceKey } = started.answer;
  const end = core.awaitResult(processInstanceKey, { timeoutMs: 600_000, fetchVariables: ['results'] });
  for (let done = 0; kind === 'job' && done < count; ) {
    const jobs = await core.activateJobs({ jobType: 'work', worker: 'bench', timeout: 600_000, maxJobs: 100, requestTimeout: 60_000, fetchVariables: ['item'] });
    await Promise.all(jobs.map((job) => core.submit({ type: 'job.complete', jobKey: job.key, variables: { out: Number(job.variables['item']) * 2 } })));
    done += jobs.length;
  }
  const result = await end;
  const usedMs = ownCpuMs() - before;
  if (result.kind !== 'completed' || JSON.stringify(result.variables['results']) !== JSON.stringify(Array.from({ length: count }, (_, index) => index * 2))) throw new Error(`The outputs of ${count} items are not what they should be.`);
  await core.close();
  return `${(usedMs / 1000).toFixed(2)} | ${((1000 * usedMs) / count).toFixed(0)}`;
}
