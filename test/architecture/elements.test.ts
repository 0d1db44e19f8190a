// Each element of the engine has one file, a test of the same name and two diagrams that a modeler can open; the loop fits one screen.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { elementTypes } from '../../engine/element/index.ts';
import { root, sourceFiles } from './imports.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const registry = read('engine/element/registry.ts').split('\n').slice(1, -1);
const elements = registry.map((line) => /^export \{ \w+ as [A-Z_]+(?:, \w+ as [A-Z_]+)? \} from '\.\/(.+)\.ts';$/.exec(line)?.[1] ?? line);

test('each line of the registry is of a file of its own; only the ad-hoc sub-process holds its inner instance too', () => {
  expect(elements.length).toBe(elementTypes.length - 1);
  expect(elementTypes.filter((type) => !elements.includes(type.toLowerCase().replaceAll('_', '-')))).toEqual(['AD_HOC_SUB_PROCESS_INNER_INSTANCE']);
});

const tagsOf = (file: string) => [...read(file).matchAll(/^ {2}reads: '(bpmn:\w+)',$/gm)].map(([, tag]) => tag);
const textsOf = (files: readonly string[]) => new Map(files.filter((file) => file.endsWith('.ts')).map((file) => [file, read(file)]));
const naming = (texts: ReadonlyMap<string, string>, words: readonly string[]) => [...texts].filter(([, text]) => words.some((word) => text.includes(`'${word}'`))).map(([file]) => file);

test('the BPMN tag of an element is named in its own folder only, so that a new one touches its file and its line', () => {
  const tags = elements.flatMap((element) => tagsOf(`engine/element/${element}.ts`)).map(String);
  expect(new Set(tags).size).toBe(elements.length - 2);
  const elsewhere = textsOf(sourceFiles('engine').filter((file) => !file.startsWith('engine/element/')));
  expect(naming(elsewhere, tags)).toEqual([]);
  expect(naming(new Map([...elsewhere, ['engine/planted.ts', `node.$type === '${tags[0] ?? ''}'`]]), tags)).toEqual(['engine/planted.ts']);
});

test.each(elements)('%s states its model, and says itself how it is drawn unless the engine makes it', (element) => {
  const text = read(`engine/element/${element}.ts`);
  expect(text).toContain(`\n    ${element.toUpperCase().replaceAll('-', '_')}: `);
  expect(tagsOf(`engine/element/${element}.ts`)).toHaveLength(element === 'multi-instance-body' ? 0 : 1);
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
