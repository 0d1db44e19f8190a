import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readArguments } from './read-arguments.ts';
import { withSection } from './write-section.ts';

const document = 'before\n<!-- peers:begin (npm run bench -- --write) -->\nold\n<!-- peers:end -->\nafter\n';

test('fills a place of the document anew and leaves the rest', () => {
  expect(withSection(document, 'peers', 'new\n\n| a |\n')).toBe('before\n<!-- peers:begin (npm run bench -- --write) -->\nnew\n\n| a |\n<!-- peers:end -->\nafter\n');
});

test('says which place is missing', () => {
  expect(() => withSection(document, 'growth', 'new')).toThrow('no place named "growth"');
});

test('runs all parts in order unless some are picked', () => {
  expect(readArguments([], ['engine', 'peers']).only).toEqual(['engine', 'peers']);
  expect(readArguments(['--only', 'peers,engine'], ['engine', 'inbox', 'peers']).only).toEqual(['engine', 'peers']);
  expect(() => readArguments(['--only', 'pears'], ['engine', 'peers'])).toThrow('"pears" is none of them');
});

test('refuses to publish figures of the short form', () => {
  expect(() => readArguments(['--short', '--write'], ['engine'])).toThrow('Leave --short out');
});

test('every place in the performance page is closed', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/performance.md'), 'utf8');
  for (const [, name] of page.matchAll(/<!-- ([\w-]+):begin /g)) expect(withSection(page, name ?? '', 'x')).toContain(`<!-- ${name}:end -->`);
});
