// The decision models of the DMN Technology Compatibility Kit, when the kit is there; it is not part of this repository.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { differencesPage } from './tck/differences-page.ts';
import { kit, page } from './tck/files.ts';
import { playKit } from './tck/play-cases.ts';
import { readKit, type TckModel } from './tck/read-cases.ts';
import { readXml } from './tck/read-xml.ts';

test('the decision models pass but for the cases that the page lists by name', async () => {
  if (!existsSync(kit)) {
    console.log(`not compared: ${kit.pathname} is not there`);
    return;
  }
  const played = await playKit(readKit(kit.pathname));
  console.log(`${played.cases - played.differences.length} of ${played.cases} cases of the DMN TCK pass (Camunda: 2854)`);
  expect(played.cases - played.differences.length).toBeGreaterThanOrEqual(2854);
  expect(readFileSync(page, 'utf8'), 'run: node test/conformance/tck/main.ts --write').toBe(differencesPage(played));
}, 60_000);

test('a wrong result is found and named', async () => {
  const xml = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="g" name="g" namespace="n"><decision id="d" name="Sum"><variable name="Sum"/><literalExpression><text>a + 1</text></literalExpression></decision></definitions>`;
  const model: TckModel = {
    name: 'own', xml,
    cases: [2, 3].map((expected) => ({ suite: 'own', id: String(expected), invokes: 'decision', inputs: new Map([['a', 1]]), results: [{ decision: 'Sum', expected, isError: false }] })),
  };
  expect(await playKit([model])).toEqual({ cases: 2, differences: [{ suite: 'own', id: '3', why: 'another value' }] });
});

test('the cases are read with entities, attributes and nested elements', () => {
  const root = readXml(`<?xml version="1.0"?><!-- c --><t:a xmlns:t="u" x='1 &lt; 2'><b nil="true"/><b>a &amp; b &#65;<![CDATA[<c>]]></b></t:a>`);
  expect(root).toMatchObject({ name: 'a', children: [{ name: 'b', text: '' }, { name: 'b', text: 'a & b A<c>' }] });
  expect(root.attributes.get('x')).toBe('1 < 2');
});
