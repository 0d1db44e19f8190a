// Camunda's real Java client 8.8.21 against the engine alone, over REST: it cannot tell the difference.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { prepareOracle } from '../conformance/oracle/prepare-oracle.ts';
import { dmn, form, oneJob, review, waiting } from '../engine/rest/diagrams.ts';
import { endAll, startEngineProcess } from '../engine/standalone/engine-process.ts';

// The client lies among the libraries of the real engine.
const preparation = await prepareOracle(process.env);
if (preparation.kind === 'unavailable') console.log(preparation.why);

const folder = mkdtempSync(join(tmpdir(), 'java-client-'));
afterAll(async () => {
  await endAll();
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(preparation.kind === 'unavailable')('the Java client', () => {
  it('deploys, starts, works, answers, correlates, decides, changes, stores, and is refused where it must be', async () => {
    if (preparation.kind === 'unavailable') return;
    const { java, classPath } = preparation.oracle;
    for (const [name, content] of [['a.bpmn', oneJob('a')], ['r.bpmn', review('r')], ['w.bpmn', waiting('w')], ['f.form', form()], ['d.dmn', dmn]] as const) writeFileSync(join(folder, name), content);
    const engine = await startEngineProcess(['--port', '0', '--data', join(folder, 'data')]);
    const { stdout } = await promisify(execFile)(java, ['-cp', classPath, join(import.meta.dirname, 'java-client/DriveEngine.java'), engine.address, folder])
      .catch((error: unknown) => ({ stdout: error instanceof Error && 'stdout' in error ? String(error.stdout) + error.message : String(error) }));
    const lines = stdout.trim().split('\n');
    expect(lines.filter((line) => !line.startsWith('ok '))).toEqual(['ALL OK']);
    expect(lines.length).toBeGreaterThan(30);
    expect(engine.output().trim().split('\n')).toHaveLength(1);
  });
});
