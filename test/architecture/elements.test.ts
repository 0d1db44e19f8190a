// Each element of the engine has one file, a test of the same name and two diagrams that a modeler can open; the loop fits one screen.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { elementTypes } from '../../engine/element/index.ts';
import { root } from './imports.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const registry = read('engine/element/index.ts');
const elements = [...registry.matchAll(/^import \{ .* \} from '\.\/(.+)\.ts';$/gm)].map(([, name = '']) => name);

test('each line of the registry is of a file of its own; only the ad-hoc sub-process holds its inner instance too', () => {
  expect(elements.length).toBe(elementTypes.length - 1);
  expect(elementTypes.filter((type) => !elements.includes(type.toLowerCase().replaceAll('_', '-')))).toEqual(['AD_HOC_SUB_PROCESS_INNER_INSTANCE']);
});

test.each(elements)('%s has a test of its name that runs one diagram and has the other refused', (element) => {
  const text = read(`test/engine/element/${element}.test.ts`);
  expect(text).toContain(`runs('${element}'`);
  expect(text).toContain(`refuses('${element}'`);
});

test.each(elements.flatMap((element) => [element, `${element}.refused`]))('the diagram %s shows each of its elements and flows', (file) => {
  const xml = read(`test/engine/element/diagrams/${file}.bpmn`);
  const drawn = new Set([...xml.matchAll(/ bpmnElement="([^"]+)"/g)].map(([, id]) => id));
  const there = [...xml.matchAll(/<bpmn:(?:process|\w*[tT]ask|\w+Gateway|(?:start|end|boundary|intermediateCatch|intermediateThrow)Event|subProcess|adHocSubProcess|callActivity|sequenceFlow) [^>]*?id="([^"]+)"/g)].map(([, id]) => id);
  expect(there.length).toBeGreaterThan(1);
  expect(there.filter((id) => !drawn.has(id))).toEqual([]);
});

test('no diagram is left over', () => {
  const wanted = elements.flatMap((element) => [`${element}.bpmn`, `${element}.refused.bpmn`]);
  expect(readdirSync(join(root, 'test/engine/element/diagrams')).filter((file) => !wanted.includes(file))).toEqual([]);
});

test('the loop of a command fits one screen', () => {
  expect(read('engine/processing/run-command.ts').split('\n').length).toBeLessThan(60);
});
