import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createClientLog } from '../../workers/client-log.ts';
import { createEngineClient } from '../../workers/index.ts';
import { silentLog, type Log } from '../../workers/log.ts';

type Line = Record<string, unknown>;

function logOf(lines: Line[]): Log {
  return { ...silentLog, error: (fields) => { lines.push(fields); } };
}

const failure = (status: number) => Object.assign(new Error('an answer that quotes a person'), { name: 'HttpSdkError', status });

test('a problem is told once a minute, with how often it was left out', () => {
  const lines: Line[] = [];
  const tell = createClientLog(logOf(lines));
  for (const second of [0, 1, 30, 59, 60, 61]) tell({ scope: `worker:${second}`, ts: second * 1_000, args: ['activation.error', failure(503)] });
  expect(lines).toEqual([
    { scope: 'worker:0', what: 'activation.error', error: 'HttpSdkError', status: 503, leftOut: 0 },
    { scope: 'worker:60', what: 'activation.error', error: 'HttpSdkError', status: 503, leftOut: 3 },
  ]);
});

test('another problem is told at once', () => {
  const lines: Line[] = [];
  const tell = createClientLog(logOf(lines));
  tell({ scope: 'a', ts: 0, args: ['activation.error', failure(503)] });
  tell({ scope: 'a', ts: 1, args: ['activation.error', failure(401)] });
  tell({ scope: 'a', ts: 2, args: ['job.handler.unexpected'] });
  expect(lines.map(({ what, status }) => [what, status])).toEqual([['activation.error', 503], ['activation.error', 401], ['job.handler.unexpected', undefined]]);
});

test('of a cluster that is away the system says why', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const told = new Promise<Line>((resolve) => {
    const client = createEngineClient({ address: `http://127.0.0.1:${port}/v2` }, { ...silentLog, error: resolve });
    const worker = client.createJobWorker({ jobType: 'away', workerName: 'w', maxParallelJobs: 1, jobTimeoutMs: 1_000, pollTimeoutMs: 1_000, jobHandler: (job) => job.ignore() });
    onTestFinished(() => { worker.stop(); });
  });
  expect(await told).toMatchObject({ scope: 'worker:w', what: 'activation.error', code: 'ECONNREFUSED' });
});
