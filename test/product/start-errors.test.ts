/** Odd settings, damaged files and wrong arguments end in a sentence, at once; what is written is for the owner's eyes only. */
import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeDataFolder } from '../../api/run/make-data-folder.ts';
import { spawnServerProcess, startServerProcess, freePort } from '../harness/server-process.ts';

vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'stellwerk-start-')); });
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the data folder', () => {
  it('is made with its parents, closed to others, and may be there already', async () => {
    const dataDir = join(folder, 'a/b/c');
    await makeDataFolder(dataDir);
    await makeDataFolder(dataDir);
    for (const one of ['a', 'a/b', 'a/b/c']) expect((await stat(join(folder, one))).mode & 0o777).toBe(0o700);
  });

  it.each<[string, () => Promise<string>, string]>([
    ['below a place that takes no folders', async () => '/proc/no-such/folder', 'cannot be made: its parent takes no folders'],
    ['below a file', async () => { await writeFile(join(folder, 'file'), ''); return join(folder, 'file/data'); }, 'lies below something that is not a folder'],
    ['that is a file', async () => { await writeFile(join(folder, 'other-file'), ''); return join(folder, 'other-file'); }, 'is not a folder'],
    ['behind a link in a circle', async () => { await symlink('loop', join(folder, 'loop')); return join(folder, 'loop'); }, 'lies behind links that lead in a circle'],
    ['with too long a name', async () => join(folder, 'a'.repeat(300)), 'has too long a name'],
  ])('%s is refused in a sentence', async (_name, make, reason) => {
    const dataDir = await make();
    await expect(makeDataFolder(dataDir)).rejects.toThrow(`The data folder ${dataDir} ${reason}. Put that right, or set STELLWERK_DATA to another folder.`);
  });

  it('below /proc does not hang the server', async () => {
    const server = spawnServerProcess({ dataDir: '/proc/x', port: 0 });
    expect(await server.gone).toBe(1);
    expect(server.output().trim()).toMatch(/^The data folder \/proc\/x .*STELLWERK_DATA.*\.$/);
  });
});

it('no other account may read a file that the server writes, also in a folder that is open to all', async () => {
  const dataDir = join(folder, 'open');
  await mkdir(dataDir);
  await chmod(dataDir, 0o755);
  const server = await startServerProcess({ dataDir, port: await freePort(), env: { STELLWERK_DEMO: 'none', STELLWERK_MODEL_SERVER_URL: 'http://127.0.0.1:9' } });
  try {
    // What is written under another name first may be gone by then.
    const files = (await readdir(dataDir)).map((name) => ({ name, mode: statSync(join(dataDir, name), { throwIfNoEntry: false })?.mode })).filter(({ mode }) => mode !== undefined);
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter(({ mode = 0 }) => (mode & 0o077) !== 0)).toEqual([]);
  } finally {
    await server.stop();
  }
});

describe('npm run demo', () => {
  const demo = (...given: string[]) =>
    new Promise<{ code: unknown; said: string }>((resolve) => {
      execFile(process.execPath, [join(import.meta.dirname, '../../api/demo/main.ts'), ...given], (error, out, err) => { resolve({ code: error?.code, said: `${out}${err}` }); });
    });

  it.each<[string[], RegExp]>([
    [['--bogus'], /^Unknown option '--bogus'/],
    [['five'], /^Unexpected argument 'five'/],
    [['--cases', 'x'], /^--cases must be a whole number from 1 to 100000\.\n/],
    [['--cases', '1.5', '--service', 'horses'], /^--cases must be a whole number from 1 to 100000\.\n--service must be credit-risk or digits\.\n/],
  ])('with %j says what is wrong and how it is called', async (given, sentence) => {
    const { code, said } = await demo(...given);
    expect(code).toBe(1);
    expect(said).toMatch(sentence);
    expect(said).toContain('Usage: npm run demo -- --cases N');
    expect(said).not.toMatch(/^\s+at /m);
  });
});
