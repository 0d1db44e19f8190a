// One run through every kind of waiting state and every table: the state that replay rebuilds, and that golden stores hold.
import { buildDecisions } from './build-decision.ts';
import { buildProcess } from './build-process.ts';
import type { EngineUnderTest } from './engine-under-test.ts';
import { executionListeners, extended, taskListeners } from './listeners.ts';

/** Leaves instances in every kind of waiting state, and a row at least in every table. */
export async function fillEveryTable(engine: EngineUnderTest): Promise<void> {
  const { core } = engine;
  await engine.deploy(
    { name: 'f.form', content: JSON.stringify({ id: 'f' }) },
    buildProcess('child', (p) => p.start().service('child-work').end()),
    buildProcess('all', (p) => p.start('start', { message: { name: 'go' } }).parallel('split')
      .service('work', { headers: { a: 'b' } }, { inputs: { i: '=n' }, outputs: { o: '=i' } }).parallel('join').exclusive('which', 'end').connect('which', 'more', '=again').from().end('more').end('end').otherwise('which', 'end')
      .from('split').user('review', { groups: 'g', formId: 'f', due: '2026-12-01T00:00:00Z' }).connect('review', 'join')
      .boundary('remind', 'review', { timer: { cycle: 'R/PT1H' } }, { nonInterrupting: true }).end('reminded')
      .from('split').call('call', 'child').connect('call', 'join').boundary('failed', 'call', { error: null }).connect('failed', 'join')
      .from('split').sub('inner', (s) => s.start('s').catch('await', { message: { name: 'news', key: '=id' } }).end('e')).connect('inner', 'join')),
    { name: 'routing.dmn', content: buildDecisions() },
    buildProcess('ruled', (p) => p.start().rule('decide', 'route', 'result').end()),
    buildProcess('events', (p) => p.start().service('book').compensated('book').service('each').each({ over: '=[1,2]', as: 'item', collect: ['found', '=item'] }).catch('await', { signal: 'go' }).end('undo', { throws: { compensation: null } })
      .onEvent('late', { timer: { duration: 'PT1H' } }, (s) => s.service('apologize').end('late-end')).onEvent('called', { signal: 'call' }, (s) => s.end('called-end'), { nonInterrupting: true })),
    buildProcess('signalled', (p) => p.start('start', { signal: 'go' }).end()),
    buildProcess('heard', (p) => p.start().add('userTask', 'u', extended('<zeebe:userTask/><zeebe:assignmentDefinition assignee="anna"/>', executionListeners(['start', 's1'], ['end', 'e1']),
      taskListeners(['creating', 'c'], ['assigning', 'a'], ['completing', 'f'], ['canceling', 'x']))).end()).replace('isExecutable="true">', `isExecutable="true">${extended(executionListeners(['start', 's0'], ['end', 'e0']))}`),
    ...['p1', 'p2'].map((id) => buildProcess(id, (p) => p.start('s').parallel('part').user('u').end('e').from('part').service('left').parallel('meet').end('e2').from('part').service('right').connect('right', 'meet')
      .from('part').sub('scope', (s) => s.start('is').user('deep').end('ie')).end('e3')
      .boundary('slow', 'right', { timer: { duration: 'PT9H' } }).end('e4').boundary('told', 'right', { message: { name: 'told', key: '=id' } }).end('e5'))),
    buildProcess('adhoc', (p) => p.start().add('adHocSubProcess', 'ah', extended('<zeebe:adHoc activeElementsCollection="=els" outputCollection="res" outputElement="=x"/>') + ['A', 'B'].map((id) => `<bpmn:task id="${id}"/>`).join('')
      + '<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">=count(res) = 3</bpmn:completionCondition>').end()),
    buildProcess('agent', (p) => p.start().add('adHocSubProcess', 'ah', extended('<zeebe:taskDefinition type="think"/>') + '<bpmn:task id="A"/>').end()),
    buildProcess('stuck', (p) => p.start().service('x', { type: '=t' }).end()),
  );
  const publish = (name: string, correlationKey: string, variables = {}) => engine.accepted({ type: 'message.publish', name, correlationKey, timeToLive: 10_000, messageId: 'm', variables });
  await publish('go', 'a', { n: 1, id: 'a', again: false });
  await publish('go', 'b', { n: 2, id: 'b', again: false });
  await publish('news', 'a', { news: true });
  await engine.passTime(3_600_000);
  const [failing] = await engine.activate('work', { maxJobs: 1 });
  await engine.accepted({ type: 'job.fail', jobKey: failing!.key, retries: 1, retryBackOff: 1_000, errorMessage: 'x', variables: { seen: 1 } });
  await engine.passTime(1_000);
  await engine.work('work', { i: 7 });
  const child = (await engine.activate('child-work', { maxJobs: 1 }))[0]!;
  await engine.accepted({ type: 'job.throw-error', jobKey: child.key, errorCode: 'E', errorMessage: '', variables: { e: 1 } });
  const tasks = engine.rows('SELECT key FROM user_tasks ORDER BY key').map((row) => Number(row['key']));
  await engine.accepted({ type: 'user-task.assign', userTaskKey: tasks[0]!, assignee: 'anna', allowOverride: true });
  await engine.accepted({ type: 'user-task.update', userTaskKey: tasks[1]!, changes: { candidateUsers: ['bert'], dueDate: null, priority: 3 } });
  await engine.accepted({ type: 'user-task.complete', userTaskKey: tasks[0]!, variables: { verdict: 1 } });
  await engine.start('ruled', { score: 7 });
  const stuck = await engine.start('stuck');
  await engine.accepted({ type: 'variable.set', elementInstanceKey: stuck, variables: { t: 'x' }, local: false });
  await engine.accepted({ type: 'incident.resolve', incidentKey: engine.incidents()[0]!.key });
  const held = await engine.oneJob('x');
  await engine.accepted({ type: 'job.fail', jobKey: held.key, retries: 0, retryBackOff: 0, errorMessage: '', variables: {} });
  await engine.accepted({ type: 'job.update', jobKey: held.key, retries: 2 });
  const heard = [];
  for (let count = 0; count < 3; count++) heard.push(await engine.start('heard'));
  for (const type of ['s0', 's0', 's1', 's1', 'c', 'c', 'a', 'a']) await engine.work(type, type === 's0' ? { fromListener: 1 } : {});
  const openTasks = engine.rows(`SELECT key FROM user_tasks WHERE listens = 1 ORDER BY key`).map((row) => Number(row['key']));
  const say = async (denied: boolean, corrections = {}) =>
    engine.accepted({ type: 'job.complete', jobKey: (await engine.oneJob('f')).key, variables: {}, result: { denied, deniedReason: 'no', corrections } });
  await engine.accepted({ type: 'user-task.complete', userTaskKey: openTasks[0]!, variables: {} });
  await say(true);
  await engine.accepted({ type: 'user-task.complete', userTaskKey: openTasks[0]!, variables: {} });
  await say(false, { priority: 7, assignee: 'bert' });
  await engine.work('e1', { done: true });
  await engine.work('e0');
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: heard[1]! });
  await engine.work('x');
  const adHoc = await engine.start('adhoc', { els: ['A'] });
  await engine.accepted({ type: 'ad-hoc.activate', adHocSubProcessInstanceKey: engine.elementKey(adHoc, 'ah'), elements: [{ elementId: 'B', variables: { x: 2 } }], cancelRemaining: true });
  await engine.start('agent');
  await engine.accepted({ type: 'job.complete', jobKey: (await engine.oneJob('think')).key, variables: { thought: 1 }, adHoc: { activate: [{ elementId: 'A', variables: {} }], isFulfilled: true, cancelRemaining: false } });
  await engine.accepted({ type: 'process-instance.create', definition: { bpmnProcessId: 'agent' }, variables: {}, lastElements: ['ah'] });
  const moved = await engine.start('p1', { id: 'm' });
  await engine.accepted({ type: 'process-instance.modify', processInstanceKey: moved, activate: [{ elementId: 'deep', variables: [{ scopeId: 'scope', variables: { v: 1 } }] }], terminate: [engine.elementKey(moved, 'u')] });
  await engine.work('left');
  const target = Number(engine.rows(`SELECT key FROM process_definitions WHERE bpmn_process_id = 'p2'`)[0]!['key']);
  const flows = engine.rows('SELECT flow_id FROM waiting_tokens WHERE element_id = ?', 'meet').map((row) => String(row['flow_id']));
  await engine.accepted({
    type: 'process-instance.migrate', processInstanceKey: moved, targetProcessDefinitionKey: target,
    mapping: ['scope', 'deep', 'right', 'meet', 'slow', 'told', ...flows].map((id) => ({ source: id, target: id })),
  });
  await engine.accepted({ type: 'process-instance.create', definition: { bpmnProcessId: 'p1' }, variables: {}, startAt: ['deep'] });
  const running = engine.rows(`SELECT key FROM process_instances WHERE state = 'ACTIVE' AND bpmn_process_id = 'all'`);
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: Number(running.at(-1)?.['key']) });
  await publish('go', 'c', { n: 3, id: 'c', again: false });

  await engine.start('events');
  await engine.start('events');
  await engine.work('book');
  await engine.work('each');
  await engine.accepted({ type: 'signal.broadcast', signalName: 'call', variables: {} });
  await engine.work('each');
  await engine.accepted({ type: 'signal.broadcast', signalName: 'go', variables: { by: 'us' } });

  const p2 = engine.rows(`SELECT key FROM process_instances WHERE state = 'ACTIVE' AND bpmn_process_id IN ('p1', 'p2') ORDER BY key`).map(({ key }) => ({ itemKey: Number(key), processInstanceKey: Number(key) }));
  for (const plan of [
    { type: 'MODIFY_PROCESS_INSTANCE', moves: [{ source: 'deep', target: 'left' }] }, { type: 'MIGRATE_PROCESS_INSTANCE', targetProcessDefinitionKey: target, mapping: [] }, { type: 'CANCEL_PROCESS_INSTANCE' },
  ] as const) {
    await engine.accepted({ type: 'batch-operation.create', plan, items: p2 });
    await core.settled();
  }
  const { batchOperationKey } = await engine.accepted({ type: 'batch-operation.create', plan: { type: 'CANCEL_PROCESS_INSTANCE' }, items: Array.from({ length: 300 }, (_, n) => ({ itemKey: n, processInstanceKey: n })) });
  for (const type of ['batch-operation.suspend', 'batch-operation.resume', 'batch-operation.cancel'] as const) await engine.accepted({ type, batchOperationKey });
}
