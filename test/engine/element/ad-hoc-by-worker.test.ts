// Ad-hoc sub-process of a job worker: it says what runs next and when it is enough; facts measured on Zeebe 8.8.
import { expect, test } from 'vitest';
import type { AdHocResult } from '../../../engine/job/records.ts';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';
import { extended, job } from '../listeners.ts';

const service = (id: string) => `<bpmn:serviceTask id="${id}">${extended(job(id))}</bpmn:serviceTask>`;
const diagram = buildProcess('p', (p) => p.start('s').add('adHocSubProcess', 'ah', extended(job('agent')) + service('A') + service('C')).end('e'));
const nothing: AdHocResult = { activate: [], isFulfilled: false, cancelRemaining: false };

async function running() {
  const engine = startEngine();
  await engine.deploy(diagram);
  const key = await engine.start('p');
  const command = async (said: Partial<AdHocResult>, variables = {}) => ({ type: 'job.complete', jobKey: (await engine.oneJob('agent')).key, variables, adHoc: { ...nothing, ...said } }) as const;
  return {
    engine, key, command,
    say: async (said: Partial<AdHocResult>, variables = {}) => engine.accepted(await command(said, variables)),
    path: () => engine.path(key).map((one) => String(one).replace('ah#innerInstance', 'inner')),
  };
}
const activate = (...ids: string[]) => ids.map((elementId) => ({ elementId, variables: { for: elementId } }));

test('waits for its worker, activates what it names, and asks again when something is done', async () => {
  const { engine, key, say, path } = await running();
  await say({ activate: activate('A', 'C') }, { thought: 1 });
  expect(engine.variables(key)).toEqual({ thought: 1 });
  expect((await engine.work('C')).variables).toMatchObject({ for: 'C' });
  await engine.oneJob('agent');
  expect(path()).toEqual(['s', 'ah:ACTIVE', 'inner:ACTIVE', 'A:ACTIVE', 'inner', 'C']);
});

test('takes back a question that nobody answered when something else is done', async () => {
  const { engine, say } = await running();
  await say({ activate: activate('A', 'C') });
  await engine.work('C');
  await engine.work('A');
  expect(engine.rows(`SELECT state FROM jobs WHERE type = 'agent' ORDER BY key`).map((row) => row['state'])).toEqual(['COMPLETED', 'CANCELED', 'CREATED']);
});

test('ends when its worker is content and nothing runs', async () => {
  const { engine, key, say } = await running();
  await say({ isFulfilled: true });
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('lets the rest come to its end, and asks no more', async () => {
  const { engine, key, say } = await running();
  await say({ activate: activate('A', 'C') });
  await engine.work('C');
  await say({ isFulfilled: true });
  expect(engine.stateOf(key)).toBe('ACTIVE');
  await engine.work('A');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('ends the rest when its worker says so', async () => {
  const { engine, say, path } = await running();
  await say({ activate: activate('A', 'C') });
  await engine.work('C');
  await say({ isFulfilled: true, cancelRemaining: true });
  expect(path()).toEqual(['s', 'ah', 'inner:TERMINATED', 'A:TERMINATED', 'inner', 'C', 'e']);
});

test('refuses what is not in it, and keeps the job', async () => {
  const { engine, command, say } = await running();
  const refused = await command({ activate: activate('nothing') });
  expect((await engine.refused(refused)).reason).toContain('the given elements [nothing] do not exist');
  await engine.accepted({ ...refused, adHoc: { ...nothing, activate: activate('C') } });
  await engine.work('C');
  await say({ isFulfilled: true });
});

test('a job without retries left is an incident of its own type', async () => {
  const { engine } = await running();
  await engine.accepted({ type: 'job.fail', jobKey: (await engine.oneJob('agent')).key, retries: 0, retryBackOff: 0, errorMessage: 'no idea', variables: {} });
  expect(engine.incidents()).toMatchObject([{ type: 'AD_HOC_SUB_PROCESS_NO_RETRIES', element: 'ah' }]);
});
