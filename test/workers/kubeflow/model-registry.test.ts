// The model registry client against a stand-in: merging before a write, looking before making, filters that are checked.
import { describe, expect, it } from 'vitest';
import { options, platformOn, service, standIn } from './platform-fixture.ts';
import type { StandInCall, StandInReply } from './stand-in-server.ts';

const text = (value: string) => ({ metadataType: 'MetadataStringValue', string_value: value });
const model = { id: '1', name: 'iris', state: 'LIVE', customProperties: {} };
const versionOf = (id: string, more: Record<string, unknown> = {}) => ({ id, name: id, registeredModelId: '1', state: 'LIVE', createTimeSinceEpoch: '1795363009571', customProperties: {}, ...more });
const notFound = { status: 404, json: { code: 'Not Found', message: 'no such thing' } };
const conflict = { status: 409, json: { code: 'Conflict', message: 'already exists' } };

async function registryOn(answer: (call: StandInCall, nth: number) => StandInReply) {
  const server = await standIn(answer);
  return { server, registry: platformOn({ registry: service(server.url) }).registry };
}
const pathOf = ({ path }: StandInCall) => path.replace('/api/model_registry/v1alpha3/', '');

describe('writing state back', () => {
  it('sends the whole property map, with what others wrote and in the types they wrote it', async () => {
    const there = { rows: { metadataType: 'MetadataIntValue', int_value: '150' }, note: { metadataType: 'MetadataStructValue', struct_value: 'e30=' }, stellwerk_stage: text('shadow') };
    const { server, registry } = await registryOn((call) => (pathOf(call).startsWith('registered_models') ? { json: model } : { json: versionOf('3', { customProperties: there }) }));
    await registry.writeState('3', { releaseId: 'rel-1', stage: 'canary', approvers: ['ada', 'bo'] }, options);
    const patch = server.calls.find(({ method }) => method === 'PATCH');
    expect(JSON.parse(patch?.body ?? '')).toEqual({ customProperties: { rows: there.rows, note: there.note, stellwerk_stage: text('canary'), stellwerk_release: text('rel-1'), stellwerk_approvers: text('ada, bo') } });
  });

  it('takes away what is null and leaves alone what is not named', async () => {
    const there = { stellwerk_valid_until: text('2027'), stellwerk_release: text('rel-1') };
    const { server, registry } = await registryOn((call) => (pathOf(call).startsWith('registered_models') ? { json: model } : { json: versionOf('3', { customProperties: there }) }));
    await registry.writeState('3', { validUntil: null }, options);
    expect(JSON.parse(server.calls.find(({ method }) => method === 'PATCH')?.body ?? '')).toEqual({ customProperties: { stellwerk_release: text('rel-1') } });
  });
});

describe('the poll', () => {
  it('asks with a filter and trusts it no further: archived and other versions are left out', async () => {
    const items = [versionOf('3', { customProperties: { decision_service: text('iris') } }), versionOf('4', { state: 'ARCHIVED', customProperties: { decision_service: text('iris') } }), versionOf('5', { customProperties: { decision_service: text('other') } })];
    const { server, registry } = await registryOn((call) => (pathOf(call) === 'model_versions' ? { json: { items, nextPageToken: '', pageSize: 100, size: 3 } } : { json: model }));
    expect(await registry.findLiveVersions({ name: 'decision_service', value: 'iris' }, options)).toMatchObject([{ id: '3', model: { id: '1', name: 'iris' }, createdAt: '2026-11-22T15:56:49.571Z' }]);
    expect(server.calls[0]?.query.get('filterQuery')).toBe('decision_service.string_value = "iris"');
  });

  it.each(['pipeline-run', '1st', 'a b', "a' OR '1'='1"])('goes through all versions for the property "%s", which the filter language cannot name', async (name) => {
    const items = [versionOf('3', { customProperties: { [name]: text('r-1') } }), versionOf('4', { customProperties: { [name]: text('r-2') } })];
    const { server, registry } = await registryOn((call) => (pathOf(call) === 'model_versions' ? { json: { items } } : { json: model }));
    expect((await registry.findLiveVersions({ name, value: 'r-1' }, options)).map(({ id }) => id)).toEqual(['3']);
    expect(server.calls[0]?.query.has('filterQuery')).toBe(false);
  });

  it('escapes the value', async () => {
    const { server, registry } = await registryOn(() => ({ json: { items: [] } }));
    await registry.findLiveVersions({ name: 'p', value: 'a"b\\c' }, options);
    expect(server.calls[0]?.query.get('filterQuery')).toBe('p.string_value = "a\\"b\\\\c"');
  });

  it('goes through all pages and ends where the token repeats', async () => {
    const { server, registry } = await registryOn((call, nth) => (pathOf(call) === 'registered_models' ? { json: { items: [{ ...model, id: String(nth) }], nextPageToken: nth < 3 ? `t${nth}` : '' } } : { json: model }));
    expect((await registry.listModels(options)).map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(server.calls.map(({ query }) => query.get('nextPageToken'))).toEqual([null, 't1', 't2']);
    const stuck = await registryOn(() => ({ json: { items: [model], nextPageToken: 'same' } }));
    expect(await stuck.registry.listModels(options)).toHaveLength(2);
  });
});

describe('registering', () => {
  const wanted = { model: { name: 'iris', owner: 'ml' }, version: { name: '1', properties: { decision_service: 'iris', accuracy: 0.97, rows: 150, approved: true } }, artifact: { uri: 's3://a', format: { name: 'sklearn' }, digest: 'a'.repeat(64) } };
  const artifact = { id: '9', artifactType: 'model-artifact', name: 'iris-1', uri: 's3://a', state: 'LIVE', customProperties: { sha256: text('a'.repeat(64)) } };

  it('makes model, version and artefact in this order, typed and in state LIVE', async () => {
    const { server, registry } = await registryOn((call) => {
      if (call.method === 'GET') return notFound;
      return { status: 201, json: pathOf(call) === 'registered_models' ? model : pathOf(call) === 'model_versions' ? versionOf('3') : artifact };
    });
    await registry.registerVersion(wanted, options);
    const made = server.calls.filter(({ method }) => method === 'POST');
    expect(made.map(pathOf)).toEqual(['registered_models', 'model_versions', 'model_versions/3/artifacts']);
    expect(JSON.parse(made[1]?.body ?? '')).toMatchObject({
      registeredModelId: '1',
      state: 'LIVE',
      customProperties: { accuracy: { double_value: 0.97 }, rows: { metadataType: 'MetadataIntValue', int_value: '150' }, approved: { bool_value: true }, decision_service: text('iris') },
    });
    expect(JSON.parse(made[2]?.body ?? '')).toMatchObject({ artifactType: 'model-artifact', state: 'LIVE', modelFormatName: 'sklearn', customProperties: { sha256: text('a'.repeat(64)) } });
  });

  it('takes what somebody else made meanwhile (409)', async () => {
    const made = new Set<string>();
    const { registry } = await registryOn((call) => {
      if (call.method === 'POST') { made.add(pathOf(call)); return conflict; }
      const [kind] = pathOf(call).split('?');
      const there = { registered_model: { made: 'registered_models', json: model }, model_version: { made: 'model_versions', json: versionOf('3') }, model_artifact: { made: 'model_versions/3/artifacts', json: artifact } }[kind ?? ''];
      return there !== undefined && made.has(there.made) ? { json: there.json } : notFound;
    });
    expect(await registry.registerVersion(wanted, options)).toMatchObject({ id: '3', model: { name: 'iris' } });
    expect(made.size).toBe(3);
  });

  it('refuses a version that is registered with another artefact', async () => {
    const { registry } = await registryOn((call) => ({ json: { registered_model: model, model_version: versionOf('3'), model_artifact: { ...artifact, customProperties: {} } }[pathOf(call)] }));
    await expect(registry.registerVersion(wanted, options)).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining('another artefact (SHA-256 none') });
  });
});

it('an address that is no registry is a sentence', async () => {
  const { registry } = await registryOn(() => ({ json: { status: 'alive' } }));
  await expect(registry.getVersion('1', options)).rejects.toMatchObject({ kind: 'permanent', message: expect.stringContaining('v1alpha3') });
});
