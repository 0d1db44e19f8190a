// The folders import one way only, without cycles.
import { expect, test } from 'vitest';
import { allowedImports } from '../../import-directions.js';
import { findCycle, isAllowed, relativeImports, sourceFiles } from './imports.ts';

const files = Object.keys(allowedImports).flatMap(sourceFiles);
const graph = new Map(files.map((file) => [file, relativeImports(file)]));

test('each folder imports only from the folders its direction allows', () => {
  const wrong = [...graph].flatMap(([file, targets]) =>
    targets.filter((target) => !isAllowed(file, target)).map((target) => `${file} → ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('no file imports itself through others', () => {
  expect(findCycle(graph)).toBeUndefined();
});

test('features of the pages never import one another', () => {
  const featureOf = (path: string) => /^ui\/src\/features\/([^/]+)\//.exec(path)?.[1];
  const wrong = [...graph].flatMap(([file, targets]) =>
    targets
      .filter((target) => featureOf(file) && featureOf(target) && featureOf(file) !== featureOf(target))
      .map((target) => `${file} → ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('shared parts of the pages import no feature and no part of the app', () => {
  const wrong = [...graph].flatMap(([file, targets]) =>
    targets
      .filter((target) => (file.startsWith('ui/src/shared/') && /^ui\/src\/(features|app)\//.test(target)) || (file.startsWith('ui/src/features/') && target.startsWith('ui/src/app/')))
      .map((target) => `${file} → ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('the checks themselves see a wrong direction and a cycle', () => {
  expect(isAllowed('engine/core.ts', 'ledger/index.ts')).toBe(false);
  expect(isAllowed('ui/src/app/app.tsx', 'api/start.ts')).toBe(false);
  expect(isAllowed('ui/src/app/app.tsx', 'api/contract/cases.ts')).toBe(true);
  expect(findCycle(new Map([['a', ['b']], ['b', ['a']]]))).toEqual(['a', 'b', 'a']);
  expect(graph.size).toBeGreaterThan(0);
});
