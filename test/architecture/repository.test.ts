// What may stand in the repository: no registry host, no machine path, no large file, a first line that says what a file is for.
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './imports.ts';

const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
const isText = (file: string) => !/\.(onnx|png|woff2|ico)$/.test(file);

test('the lock file does not say where packages were fetched from', () => {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  expect(lock).not.toContain('"resolved"');
});

test('no tracked file names a package registry or a path of a machine', () => {
  const forbidden = new RegExp(['registry\\.', 'npmjs\\.', 'org|files\\.', 'pythonhosted|', 'repo1?\\.maven', `|${'/wor'}k/(main|shared)|${'/hom'}e/[a-z]`].join(''));
  const hits = tracked.filter(isText).filter((file) => forbidden.test(readFileSync(join(root, file), 'utf8')));
  expect(hits).toEqual([]);
});

test('no tracked file is larger than 3 MiB', () => {
  const large = tracked.filter((file) => statSync(join(root, file)).size > 3 * 1024 * 1024);
  expect(large).toEqual([]);
});

test('every source file begins by saying what it is for', () => {
  const silent = tracked
    .filter((file) => /^(engine|workers|ledger|trust|models|api|ui|processes)\/.*\.tsx?$/.test(file))
    .filter((file) => !/^(#!.*\n)?(\/\/|\/\*)/.test(readFileSync(join(root, file), 'utf8')));
  expect(silent).toEqual([]);
});
