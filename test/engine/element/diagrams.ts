// The two diagrams of each element in diagrams/: one that runs, and one that is refused; a modeler can open both.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { startEngine } from '../engine-under-test.ts';
import type { EngineUnderTest } from '../engine-under-test.ts';

export const diagram = (file: string): string => readFileSync(new URL(`diagrams/${file}.bpmn`, import.meta.url), 'utf8');

type Run = {
  /** Other diagrams that must be there. */
  readonly before?: readonly string[];
  readonly variables?: Parameters<EngineUnderTest['start']>[1];
  /** What is done with it from outside. */
  readonly drive?: (engine: EngineUnderTest) => Promise<unknown>;
  /** `element`, or `element:TERMINATED`, in the order in which they were activated. */
  readonly path: readonly string[];
};

/** Plays `<element>.bpmn`, whose process is named `good`, to its end. */
export async function runs(element: string, { before = [], variables, drive, path }: Run): Promise<void> {
  const engine = startEngine();
  await engine.deploy(...before, diagram(element));
  const key = await engine.start('good', variables);
  await drive?.(engine);
  expect(engine.path(key)).toEqual(path);
  expect(engine.stateOf(key)).toBe('COMPLETED');
}

/** Expects `<element>.refused.bpmn` to be refused with element, line and reason, and nothing of it to be there. */
export async function refuses(element: string, at: string, reason: string): Promise<void> {
  const engine = startEngine();
  const { code, reason: found } = await engine.refused({ type: 'deployment.create', resources: [{ name: 'good.bpmn', content: diagram(element) }, { name: 'bad.bpmn', content: diagram(`${element}.refused`) }] });
  expect(code).toBe('INVALID_ARGUMENT');
  expect(found).toMatch(new RegExp(`${at}.*\\(line \\d+\\)`));
  expect(found).toContain(reason);
  expect(engine.rows('SELECT count(*) AS deployed FROM process_definitions')).toEqual([{ deployed: 0 }]);
}
