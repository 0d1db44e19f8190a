// The matrix of features names only what is there, and each feature has something that shows it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { activities, nameOf, places } from './corpus/each-activity.ts';
import { corpus } from './corpus/index.ts';
import { features, type Proof } from './features.ts';
import { fullName } from './scenario/scenario.ts';

const root = join(import.meta.dirname, '../..');
const scenarios = new Set(corpus.map(fullName));

/** What is wrong with a proof; undefined: nothing. */
function problemWith(proof: Proof): string | undefined {
  if (typeof proof === 'string') return scenarios.has(proof) ? undefined : `no scenario is called "${proof}"`;
  const path = join(root, proof.file);
  return existsSync(path) && readFileSync(path, 'utf8').includes(proof.test) ? undefined : `no test in ${proof.file} is called "${proof.test}"`;
}

test.each(Object.entries(features).flatMap(([group, list]) => Object.entries(list).map(([feature, proofs]) => [group, feature, proofs] as const)))('%s: %s is shown by what is there', (_group, _feature, proofs) => {
  expect(proofs.length).toBeGreaterThan(0);
  expect(proofs.flatMap((proof) => problemWith(proof) ?? [])).toEqual([]);
});

test('a scenario or a test that is not there is found', () => {
  expect(problemWith('user task: flies')).toBe('no scenario is called "user task: flies"');
  expect(problemWith({ file: 'test/conformance/features.test.ts', test: `${'no such'} title` })).toMatch(/^no test in/);
});

test('each activity has a scenario in each place', () => {
  const missing = Object.keys(activities).flatMap((activity) => Object.keys(places).map((place) => `each activity in each place: ${nameOf(activity, place)}`)).filter((name) => !scenarios.has(name));
  expect(missing).toEqual([]);
});

test('no two scenarios have one name', () => {
  expect(scenarios.size).toBe(corpus.length);
});
