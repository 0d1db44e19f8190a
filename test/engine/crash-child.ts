// Child process of the crash test: starts and completes instances, and says so only after the engine has acknowledged it.
import { writeSync } from 'node:fs';
import { createClock } from '../../engine/clock.ts';
import { openCore } from '../../engine/core.ts';
import { buildProcess } from './build-process.ts';

const core = openCore({ file: process.argv[2]!, clock: createClock() });
const say = (line: string) => writeSync(1, `${line}\n`);
await core.submit({ type: 'deployment.create', resources: [{ name: 'one.bpmn', content: buildProcess('one', (p) => p.start().service('work').user('review').end()) }] });
say('ready');

async function runOne(): Promise<void> {
  const created = await core.submit({ type: 'process-instance.create', definition: { bpmnProcessId: 'one' }, variables: { a: 1 } });
  if (!created.ok) throw new Error(created.rejection.reason);
  say(`created ${created.answer.processInstanceKey}`);
  const [job] = await core.activateJobs({ jobType: 'work', worker: 'child', timeout: 600_000, maxJobs: 1, requestTimeout: -1 });
  if (job === undefined) return;
  const completed = await core.submit({ type: 'job.complete', jobKey: job.key, variables: { b: 2 } });
  if (completed.ok) say(`worked ${job.processInstanceKey}`);
}

for (;;) await Promise.all([runOne(), runOne(), runOne(), runOne()]);
