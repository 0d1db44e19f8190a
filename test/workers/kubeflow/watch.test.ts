// Watching an InferenceService: resumed where it broke off, listed again where the server has forgotten, ended when told.
import { describe, expect, it } from 'vitest';
import { openConnector } from '../../../workers/kubeflow/http/connection.ts';
import { createPlatformClient } from '../../../workers/kubeflow/http/platform-client.ts';
import { createInferenceServices } from '../../../workers/kubeflow/kubernetes/inference-services.ts';
import { readStatusFault } from '../../../workers/kubeflow/kubernetes/status-fault.ts';
import { shortLimits, standIn } from './platform-fixture.ts';
import type { StandInReply } from './stand-in-server.ts';

const objectAt = (version: string) => ({ metadata: { name: 'iris', uid: 'u', resourceVersion: version, generation: 1 }, spec: {} });
const event = (type: string, version: string) => ({ type, object: objectAt(version) });
const listAt = (version: string, there = true): StandInReply => ({ json: { metadata: { resourceVersion: version }, items: there ? [objectAt(version)] : [] } });
const expired = { type: 'ERROR', object: { kind: 'Status', status: 'Failure', message: 'too old', reason: 'Expired', code: 410 } };

/** Answers lists and watches from two rows of replies, and collects the versions seen until `count`. */
async function watchThrough(lists: StandInReply[], streams: StandInReply[], count: number) {
  const server = await standIn(({ query }) => (query.has('watch') ? streams.shift() : lists.shift()) ?? 'silence');
  const connector = openConnector(() => server.url);
  const client = createPlatformClient({ system: 'kubernetes', connector, readFault: readStatusFault, limits: shortLimits, clock: { now: () => 0 }, random: () => 0 });
  const services = createInferenceServices({ client, connector, namespace: 'models', pauseMs: 1 });
  const end = new AbortController();
  const seen: (string | null)[] = [];
  for await (const state of services.watch('iris', end.signal)) {
    seen.push(state?.metadata.resourceVersion ?? null);
    if (seen.length === count) end.abort();
  }
  return { seen, calls: server.calls.map(({ query }) => (query.has('watch') ? `watch ${query.get('resourceVersion')}` : 'list')), queries: server.calls.map(({ query }) => query) };
}

describe('a watch', () => {
  it('begins with the present state and goes on with the changes, of this object alone', async () => {
    const { seen, calls, queries } = await watchThrough([listAt('10')], [{ lines: [event('MODIFIED', '11'), event('MODIFIED', '12')], end: 'open' }], 3);
    expect(seen).toEqual(['10', '11', '12']);
    expect(calls).toEqual(['list', 'watch 10']);
    expect(queries[1]?.get('fieldSelector')).toBe('metadata.name=iris');
    expect(queries[1]?.get('allowWatchBookmarks')).toBe('true');
  });

  it('goes on from the last version when the server ends the stream, bookmarks counted', async () => {
    const bookmark = { type: 'BOOKMARK', object: { metadata: { resourceVersion: '20' } } };
    const { seen, calls } = await watchThrough([listAt('10')], [{ lines: [event('MODIFIED', '11'), bookmark], end: 'close' }, { lines: [event('MODIFIED', '21')], end: 'open' }], 3);
    expect(seen).toEqual(['10', '11', '21']);
    expect(calls).toEqual(['list', 'watch 10', 'watch 20']);
  });

  const broken: [string, StandInReply, number][] = [
    ['in the stream, with HTTP 200', { lines: [expired], end: 'close' }, 3],
    ['as HTTP 410', { status: 410, json: expired.object }, 3],
    ['by a cut connection', { lines: [event('MODIFIED', '11')], end: 'cut' }, 4],
  ];
  it.each(broken)('lists again where the server says that it has forgotten %s', async (_, reply, count) => {
    const { seen, calls } = await watchThrough([listAt('10'), listAt('30')], [reply, { lines: [event('MODIFIED', '31')], end: 'open' }], count);
    expect(seen.slice(-2)).toEqual(['30', '31']);
    expect(calls.filter((call) => call === 'list')).toHaveLength(2);
    expect(calls.at(-1)).toBe('watch 30');
  });

  it('says that the object is absent, and that it was deleted', async () => {
    const { seen } = await watchThrough([listAt('10', false)], [{ lines: [event('ADDED', '11'), event('DELETED', '12')], end: 'open' }], 3);
    expect(seen).toEqual([null, '11', null]);
  });

  it('drops a line that was cut off, and sees the event on the next stream', async () => {
    const { seen, calls } = await watchThrough([listAt('10')], [{ lines: ['{"type":"MODIFIED","obj'], end: 'close' }, { lines: [event('MODIFIED', '11')], end: 'open' }], 2);
    expect(seen).toEqual(['10', '11']);
    expect(calls).toEqual(['list', 'watch 10', 'watch 10']);
  });

  it('ends with a typed error where the account may not watch', async () => {
    await expect(watchThrough([listAt('10')], [{ status: 403, json: { kind: 'Status', reason: 'Forbidden', message: 'no', code: 403 } }], 9)).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
