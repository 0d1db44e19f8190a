import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const program = join(import.meta.dirname, 'side-by-side.ts');

/** Runs scripts of a package of its own; `npm_execpath` leads to a stand-in for npm that runs them with node. */
async function runScripts(scripts: Readonly<Record<string, string>>, names: readonly string[]): Promise<{ code: number; output: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'side-by-side-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const npm = join(folder, 'npm.mjs');
  await writeFile(npm, `const scripts = ${JSON.stringify(scripts)}; const [run, silent, name] = process.argv.slice(2);
if (run !== 'run' || silent !== '--silent') throw new Error('not as npm is called');
await import('data:text/javascript,' + encodeURIComponent(scripts[name]));`);
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...names], { env: { ...process.env, npm_execpath: npm } }, (error, stdout, stderr) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr }));
  });
}

it('runs all and succeeds when all succeed', async () => {
  const { code, output } = await runScripts({ one: 'console.log("first")', two: 'console.error("second")' }, ['one', 'two']);
  expect([code, output.includes('first'), output.includes('second')]).toEqual([0, true, true]);
  expect(output).toContain('── one: done');
});

it('runs the others to their end when one fails, says which one, and fails', async () => {
  const { code, output } = await runScripts({ bad: 'console.log("what is wrong"); process.exitCode = 3', one: 'console.log("first")', two: 'console.log("second")' }, ['bad', 'one', 'two']);
  expect(code).toBe(1);
  expect(output).toMatch(/── bad: FAILED \(3\) after \d+ s\nwhat is wrong\n/);
  expect([output.includes('first'), output.includes('second')]).toEqual([true, true]);
  expect(output.trimEnd()).toMatch(/── FAILED: bad$/);
});

it('fails where a script was killed', async () => {
  const { code, output } = await runScripts({ bad: 'process.kill(process.pid, "SIGKILL")' }, ['bad']);
  expect([code, output.includes('── FAILED: bad')]).toEqual([1, true]);
});

it('says what it expects', async () => {
  const { code, output } = await runScripts({}, []);
  expect([code, output.includes('Expected the names of npm scripts')]).toEqual([1, true]);
});
