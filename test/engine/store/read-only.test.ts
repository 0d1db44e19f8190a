// A store that the server may not write is refused with a sentence that says what to do.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../engine/store/open-store.ts';

/** Opens the store in a process that file permissions hold for: root passes them all by. */
function openAsNobody(file: string): string {
  const script = `
    if (process.getuid?.() === 0) process.setuid(65534);
    try { openStore(process.argv[1]); console.log('opened'); } catch (error) { console.log(error.message); }`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', `import { openStore } from ${JSON.stringify(new URL('../../../engine/store/open-store.ts', import.meta.url).href)};${script}`, file], { encoding: 'utf8' });
  return stdout.trim() || stderr;
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'read-only-'));
  onTestFinished(() => {
    chmodSync(made, 0o777);
    rmSync(made, { recursive: true });
  });
  return made;
}

test.each([
  ['a file in a folder that may be written', 0o777, 0o444],
  ['a folder', 0o555, 0o444],
])('%s is read-only', (_what, folderMode, fileMode) => {
  const made = folder();
  const file = join(made, 'engine.db');
  openStore(file).close();
  chmodSync(file, fileMode);
  chmodSync(`${file}.lock`, 0o666);
  chmodSync(made, folderMode);
  expect(openAsNobody(file)).toMatch(/^The engine's store .*engine\.db cannot be used: (it is read-only|unable to open database file|attempt to write a readonly database)\. .* write it/);
  chmodSync(made, 0o777);
  chmodSync(file, 0o666);
  expect(openAsNobody(file)).toBe('opened');
});

test('a folder in which nothing can be made', () => {
  const made = folder();
  chmodSync(made, 0o555);
  expect(openAsNobody(join(made, 'engine.db'))).toMatch(/^The engine's store .*engine\.db cannot be used: .*\. Restore it from a backup, or let the server read and write it\.$/);
});
