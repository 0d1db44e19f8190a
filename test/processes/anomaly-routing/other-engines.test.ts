// The same cases under what differs elsewhere: searches that lag behind commands, and the SDK's own request validation.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openScenario, type Scenario, type ScenarioOptions } from './scenario.ts';

const opened: Scenario[] = [];
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((scenario) => scenario.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

async function open(options: ScenarioOptions): Promise<Scenario> {
  const scenario = await openScenario(options);
  opened.push(scenario);
  return scenario;
}

async function decideBoth(options: ScenarioOptions): Promise<void> {
  const scenario = await open(options);
  const automatic = await scenario.send({ key: 'a' });
  expect((await scenario.decided(automatic.caseId)).decision?.decidedBy).toBe('model');
  const objected = await scenario.send({ key: 'b', objection: true });
  await scenario.answer(objected.caseId, await scenario.task(objected.caseId, 'review'), { class: 'decline' });
  expect((await scenario.decided(objected.caseId)).decision?.decidedBy).toBe('expert');
}

describe('the process', () => {
  it('does the same when searches show the state of two seconds ago', { timeout: 30_000 }, async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'stellwerk-lag-'));
    folders.push(dataDir);
    await decideBoth({ searchDelayMs: 2_000, dataDir });
  });

  it("does the same when the SDK validates requests strictly", async () => {
    vi.stubEnv('CAMUNDA_SDK_VALIDATION', 'req:strict,res:strict');
    await decideBoth({});
  });

});
