// Export and import of deployments: the same versions in an empty engine, nothing twice, nothing half.
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { archiveCommand } from '../../../engine/archive/archive-command.ts';
import { listDeployments } from '../../../engine/archive/deployment-set.ts';
import { readArchive, writeArchive } from '../../../engine/archive/files.ts';
import { importDeployments } from '../../../engine/archive/import-deployments.ts';
import { buildDecisions } from '../build-decision.ts';
import { buildProcess } from '../build-process.ts';
import { startEngine, type EngineUnderTest } from '../engine-under-test.ts';

const form = (text: string) => ({ name: 'f.form', content: JSON.stringify({ id: 'f', versionTag: 'v1', components: [{ type: 'text', text }] }) });
const process = (id: string, job: string) => buildProcess(id, (p) => p.start().service(job).end());

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'deployments-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Three deployments, several versions, one deleted in between. */
async function filled(file = ':memory:'): Promise<EngineUnderTest> {
  const engine = startEngine({ file });
  await engine.deploy({ name: 'a b/ä.bpmn', content: process('p', 'one') }, form('first'), { name: 'routing.dmn', content: buildDecisions() });
  await engine.deploy({ name: 'a b/ä.bpmn', content: process('p', 'two') });
  await engine.deploy({ name: 'a b/ä.bpmn', content: process('p', 'three') }, form('second'));
  await engine.deploy({ name: 'a b/ä.bpmn', content: process('p', 'three') }, form('second'));
  const second = engine.rows(`SELECT key FROM process_definitions WHERE version = 2`)[0];
  await engine.accepted({ type: 'resource.delete', resourceKey: Number(second?.['key']) });
  return engine;
}

test('an empty engine gets the same definitions with the same versions and tags; importing again changes nothing', async () => {
  const source = await filled();
  const to = join(newFolder(), 'export');
  await writeArchive(to, listDeployments(source.core.db));
  const target = startEngine();
  expect(await importDeployments(target.core, await readArchive(to))).toBe(3);
  expect(listDeployments(target.core.db)).toEqual(listDeployments(source.core.db));
  expect(target.rows('SELECT decision_id, version, version_tag FROM decision_definitions')).toEqual(source.rows('SELECT decision_id, version, version_tag FROM decision_definitions'));
  const { lastKey } = target.core.metrics();
  expect(await importDeployments(target.core, await readArchive(to))).toBe(0);
  expect(target.core.metrics().lastKey).toBe(lastKey);
  await target.start('p');
  await target.work('three');
});

test('an import that was interrupted goes on where it was', async () => {
  const archive = listDeployments((await filled()).core.db);
  const target = startEngine();
  await importDeployments(target.core, archive.slice(0, 1));
  expect(await importDeployments(target.core, archive)).toBe(2);
  expect(listDeployments(target.core.db)).toEqual(archive);
});

test('an engine with other deployments is refused, and nothing is imported', async () => {
  const archive = listDeployments((await filled()).core.db);
  const target = startEngine();
  await target.deploy(process('mine', 'x'));
  const before = listDeployments(target.core.db);
  await expect(importDeployments(target.core, archive)).rejects.toThrow(/^The engine has deployments that the export has not, the first of them diagram-0\.bpmn: versions would not be the same/);
  expect(listDeployments(target.core.db)).toEqual(before);
});

test('one bad deployment among good ones: a sentence, and nothing is imported', async () => {
  const archive = listDeployments((await filled()).core.db);
  const bad = { resources: [{ name: 'bad.bpmn', content: '<no-diagram/>', makes: [] }] };
  const target = startEngine();
  await expect(importDeployments(target.core, [...archive, bad])).rejects.toThrow(/^The export cannot be imported: .*\n'bad\.bpmn': /);
  const [first] = archive;
  const renumbered = { resources: first!.resources.map((resource) => ({ ...resource, makes: resource.makes.map((one) => ({ ...one, version: 7 })) })) };
  await expect(importDeployments(target.core, [renumbered])).rejects.toThrow(/^Deployment 1 of the export \(a b\/ä\.bpmn, f\.form, routing\.dmn\) would not get the versions that it had/);
  expect(listDeployments(target.core.db)).toEqual([]);
});

const spoil: [string, (folder: string) => void, RegExp][] = [
  ['a changed file', (folder) => { appendFileSync(join(folder, fileLike(folder, 'form')), ' '); }, /^The file 0001-2-f\.form in .* was changed since it was exported/],
  ['a missing file', (folder) => { rmSync(join(folder, fileLike(folder, 'dmn'))); }, /lacks its file 0001-3-routing\.dmn/],
  ['a list that is cut off', (folder) => { writeFileSync(join(folder, 'deployments.json'), '{"format": 1'); }, /^The file deployments\.json in .* cannot be used/],
  ['a path that leads elsewhere', (folder) => { const list = join(folder, 'deployments.json'); writeFileSync(list, readFileSync(list, 'utf8').replace('0001-2-f.form', '../f.form')); }, /must name a file in the folder/],
  ['no list', (folder) => { rmSync(join(folder, 'deployments.json')); }, /^There is no export in/],
];
const fileLike = (folder: string, ending: string) => readdirSync(folder).find((name) => name.endsWith(ending)) ?? '';

test.each(spoil)('an export with %s is refused', async (_what, damage, words) => {
  const to = join(newFolder(), 'export');
  await writeArchive(to, listDeployments((await filled()).core.db));
  damage(to);
  await expect(readArchive(to)).rejects.toThrow(words);
});

test('the command exports a folder that is in use, and imports into a new one', async () => {
  const folder = newFolder();
  const source = await filled(join(folder, 'engine.db'));
  const run = (...words: string[]) => execFileSync(globalThis.process.execPath, ['engine/archive/main.ts', ...words], { encoding: 'utf8' });
  const refused = (...words: string[]) => spawnSync(globalThis.process.execPath, ['engine/archive/main.ts', ...words], { encoding: 'utf8' });
  const command = (...words: string[]) => archiveCommand(words, undefined);
  expect(run('export', '--data', folder, '--to', join(folder, 'out'))).toContain('Exported 3 deployments');
  expect(await command('import', '--from', join(folder, 'out'), '--data', join(folder, 'new'))).toMatchObject({ code: 0, said: expect.stringContaining('Imported 3 deployments') });
  const db = new DatabaseSync(join(folder, 'new', 'engine.db'), { readOnly: true });
  expect(listDeployments(db)).toEqual(listDeployments(source.core.db));
  db.close();
  expect(await command('export', '--data', folder, '--to', join(folder, 'out'))).toMatchObject({ code: 1, said: expect.stringContaining('nothing in it is overwritten') });
  expect(refused('import', '--from', join(folder, 'out'), '--data', folder)).toMatchObject({ status: 1, stderr: expect.stringContaining('is in use by another process') });
  expect(await command('import', '--data', folder)).toMatchObject({ code: 2, said: expect.stringMatching(/^import needs --from, and --data or --url\. Usage/) });
  expect(existsSync(join(folder, 'out.partial'))).toBe(false);
}, 60_000);
