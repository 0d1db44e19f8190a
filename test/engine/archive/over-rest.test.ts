// Export from and import into an engine that runs, over its REST API.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createClock } from '../../../engine/clock.ts';
import { openEngine } from '../../../engine/index.ts';
import { archiveCommand } from '../../../engine/archive/archive-command.ts';
import { readArchive } from '../../../engine/archive/files.ts';
import { buildDecisions } from '../build-decision.ts';
import { buildProcess } from '../build-process.ts';
import { serve } from '../rest/http.ts';

type File = { name: string; content: string };
const process = (id: string, job: string): File => ({ name: `${id}.bpmn`, content: buildProcess(id, (p) => p.start().service(job).end()) });
const form = (words: string): File => ({ name: 'f.form', content: JSON.stringify({ id: 'f', components: [{ type: 'text', text: words }] }) });
const decisions: File = { name: 'routing.dmn', content: buildDecisions() };

type Running = { url: string; deploy(...files: File[]): Promise<void>; definitions(): Promise<string[]>; deleteProcess(version: number): Promise<void> };

async function run(file = ':memory:'): Promise<Running> {
  const engine = openEngine({ file, clock: createClock() });
  onTestFinished(() => engine.close());
  const served = await serve(engine);
  onTestFinished(() => served.close());
  const url = served.address;
  const search = async (path: string) => ((await (await fetch(`${url}/v2/${path}/search`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).json()) as { items: Record<string, string>[] }).items;
  return {
    url,
    deploy: async (...files) => {
      const body = new FormData();
      for (const { name, content } of files) body.append('resources', new Blob([content]), name);
      expect((await fetch(`${url}/v2/deployments`, { method: 'POST', body })).status).toBe(200);
    },
    definitions: async () => [
      ...(await search('process-definitions')).map((one) => `${one['processDefinitionId']}:${one['version']}`),
      ...(await search('decision-requirements')).map((one) => `${one['decisionRequirementsId']}:${one['version']}`),
    ].sort(),
    deleteProcess: async (version) => {
      const found = (await search('process-definitions')).find((one) => Number(one['version']) === version);
      expect((await fetch(`${url}/v2/resources/${found?.['processDefinitionKey']}/deletion`, { method: 'POST' })).status).toBe(200);
    },
  };
}

const command = (...words: string[]) => archiveCommand(words, 'the-key');

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'over-rest-'));
  onTestFinished(() => { rmSync(folder, { recursive: true }); });
  return join(folder, 'out');
}

async function filled(): Promise<Running> {
  const source = await run();
  await source.deploy(process('p', 'one'), decisions);
  await source.deploy(process('p', 'two'));
  await source.deploy(process('p', 'one'), process('q', 'x'));
  return source;
}

const all = ['p:1', 'p:2', 'p:3', 'q:1', 'routing:1'];

test('an engine that runs gives another that runs the same versions, beside what that has of its own; again, nothing changes', async () => {
  const [source, target, folder] = [await filled(), await run(), newFolder()];
  expect(await source.definitions()).toEqual(all);
  await target.deploy(process('own', 'y'));
  expect(await command('export', '--url', source.url, '--to', folder)).toEqual({ code: 0, said: `Exported 5 deployments to ${folder}.` });
  expect((await readArchive(folder)).map(({ resources }) => resources.map(({ name }) => name))).toEqual([['p.bpmn'], ['routing.dmn'], ['p.bpmn'], ['p.bpmn'], ['q.bpmn']]);
  expect(await command('import', '--from', folder, '--url', target.url)).toEqual({ code: 0, said: `Imported 5 deployments into ${target.url}.` });
  expect(await target.definitions()).toEqual(['own:1', ...all]);
  expect(await command('import', '--from', folder, '--url', `${target.url}/v2/`)).toMatchObject({ code: 0, said: expect.stringContaining('Imported 0 deployments') });
  expect(await target.definitions()).toEqual(['own:1', ...all]);
});

test('an import that was interrupted goes on where it was', async () => {
  const [source, target, folder] = [await filled(), await run(), newFolder()];
  await command('export', '--url', source.url, '--to', folder);
  await target.deploy(process('p', 'one'));
  await target.deploy(decisions);
  expect(await command('import', '--from', folder, '--url', target.url)).toMatchObject({ code: 0, said: expect.stringContaining('Imported 3 deployments') });
  expect(await target.definitions()).toEqual(all);
});

test.each([
  ['another content of a version', [process('p', 'other')], 'The engine has process p version 1, which the export holds with another content'],
  ['a version that the export does not hold', [process('p', 'one'), process('p', 'two'), process('p', 'one'), process('p', 'two')], 'The engine has process p version 4, which the export does not hold'],
])('%s in the engine is refused before anything is imported', async (_, files, words) => {
  const [source, target, folder] = [await filled(), await run(), newFolder()];
  await command('export', '--url', source.url, '--to', folder);
  for (const file of files) await target.deploy(file);
  const before = await target.definitions();
  expect(await command('import', '--from', folder, '--url', target.url)).toMatchObject({ code: 1, said: expect.stringContaining(words) });
  expect(await target.definitions()).toEqual(before);
});

test('a whole export of a folder, with forms and a deleted version, is imported over the API; what the API cannot tell is said at the export', async () => {
  const folder = newFolder();
  const [source, target] = [await run(join(folder, '..', 'engine.db')), await run()];
  for (const files of [[process('p', 'one'), form('a')], [process('p', 'two')], [process('p', 'three')], [form('b')]]) await source.deploy(...files);
  await source.deleteProcess(2);
  expect(await command('export', '--url', source.url, '--to', folder)).toMatchObject({ code: 1, said: expect.stringMatching(/cannot give another engine the same versions: .*neither deleted versions nor forms can be read/) });
  expect(await command('export', '--data', join(folder, '..'), '--to', folder)).toMatchObject({ code: 0 });
  for (const added of [4, 1]) expect(await command('import', '--from', folder, '--url', target.url)).toMatchObject({ code: 0, said: expect.stringContaining(`Imported ${added} deployments`) });
  expect(await target.definitions()).toEqual(['p:1', 'p:3']);
});

test('forms that diagrams name are told, for no call lists them', async () => {
  const [source, folder] = [await run(), newFolder()];
  await source.deploy(form('a'), { name: 'q.bpmn', content: buildProcess('q', (p) => p.start('start', undefined, { formId: '=which' }).service('one').end()) });
  await source.deploy({ name: 'p.bpmn', content: buildProcess('p', (p) => p.start('start', undefined, { formId: 'f' }).service('one').end()) });
  expect(await command('export', '--url', source.url, '--to', folder)).toMatchObject({ code: 0, said: expect.stringContaining('no call of the API lists forms: those of the expression =which, f.') });
});

test('the key from the environment is sent; a refusal, a foreign answer and nobody at the address are sentences', async () => {
  const seen: (string | undefined)[] = [];
  const answers = [{ status: 401, body: '{}' }, { status: 200, body: '<html>' }];
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    const answer = answers.shift();
    request.resume();
    response.writeHead(answer?.status ?? 500).end(answer?.body);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  onTestFinished(() => { server.close(); });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = newFolder();
  expect(await command('export', '--url', url, '--to', folder)).toMatchObject({ code: 1, said: expect.stringContaining('STELLWERK_API_KEY') });
  expect(await command('export', '--url', url, '--to', folder)).toMatchObject({ code: 1, said: expect.stringContaining('is not that of a Camunda 8 REST API v2') });
  expect(seen).toEqual(['Bearer the-key', 'Bearer the-key']);
  expect(await command('export', '--url', 'http://127.0.0.1:1', '--to', folder)).toMatchObject({ code: 1, said: expect.stringContaining('Nobody answers at http://127.0.0.1:1/v2') });
  expect(await command('export', '--url', 'nowhere', '--to', folder)).toMatchObject({ code: 2, said: expect.stringContaining('is no address') });
  expect(await command('export', '--url', url, '--data', folder, '--to', folder)).toMatchObject({ code: 2, said: expect.stringContaining('either --data or --url') });
});
