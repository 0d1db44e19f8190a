/** Settings: defaults, refusals in sentences, and the README's table. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings, settingsTable } from '../../api/settings.ts';

describe('settings', () => {
  it('need nothing to be set', () => {
    const read = readSettings({});
    expect(read).toMatchObject({ ok: true, settings: { host: '127.0.0.1', port: 4600, timeZone: 'UTC', buildPages: true, demo: 'full', clusterAddress: undefined } });
  });

  it('take an empty variable for one that is not set', () => {
    expect(readSettings({ STELLWERK_PORT: '', DATABASE_URL: '' })).toMatchObject({ ok: true, settings: { port: 4600, databaseUrl: undefined } });
  });

  it.each([
    ['STELLWERK_PORT', '70000', 'must be a whole number from 0 to 65535'],
    ['STELLWERK_PORT', 'http', 'must be a whole number'],
    ['STELLWERK_TIMEZONE', 'Berlin', 'must be an IANA time zone'],
    ['STELLWERK_MODEL_SERVER_URL', 'kserve.example', 'must be an address that starts with http'],
    ['STELLWERK_UI', 'yes', 'must be build or skip'],
    ['KSERVE_MODE', 'Serverless', 'must be Knative or Standard'],
    ['KUBEFLOW_PIPELINES_URL', 'ml-pipeline:8888', 'must be an address that starts with http'],
    ['MODEL_REGISTRY_SERVICE_PROPERTY', 'decision-service', 'must consist of letters, digits and underscores'],
    ['DATABASE_URL', 'mysql://db', 'must be a postgres'],
    ['STELLWERK_ACCEPT_LOSS', 'yes', 'must be engine@N, ledger@N, keys@N or several with commas between'],
  ])('refuse %s=%s with a sentence that names both', (name, value, sentence) => {
    const read = readSettings({ [name]: value });
    expect(read.ok).toBe(false);
    expect(read).toMatchObject({ problems: [expect.stringContaining(name)] });
    expect(read).toMatchObject({ problems: [expect.stringContaining(sentence)] });
    expect(read).toMatchObject({ problems: [expect.stringContaining(`"${value}"`)] });
  });

  it('take a cluster, pipelines and a registry, with a token or a file of one', () => {
    const read = readSettings({ KSERVE_NAMESPACE: 'models', KUBECONFIG: '/a/config:/b/config', KSERVE_MODE: 'Standard', KUBEFLOW_PIPELINES_URL: 'https://kfp.example/', KUBEFLOW_PIPELINES_TOKEN: 'abc', MODEL_REGISTRY_URL: 'http://registry', MODEL_REGISTRY_TOKEN_FILE: '/t', KUBEFLOW_CA_FILE: '/ca' });
    expect(read).toMatchObject({
      settings: {
        kserve: { namespace: 'models', mode: 'Standard', kubeconfig: ['/a/config', '/b/config'] },
        pipelines: { url: 'https://kfp.example', token: { kind: 'fixed', token: 'abc' }, caFile: '/ca' },
        modelRegistry: { url: 'http://registry', token: { kind: 'file', path: '/t' } },
        registryServiceProperty: 'decision_service',
      },
    });
  });

  it('use no cluster because of a KUBECONFIG alone', () => {
    expect(readSettings({ KUBECONFIG: '/etc/kubeconfig' })).toMatchObject({ settings: { kserve: null, pipelines: null, modelRegistry: null } });
  });

  it.each([
    [{ KSERVE_NAMESPACE: 'models' }, 'set KUBECONFIG, or run in a pod'],
    [{ MODEL_REGISTRY_URL: 'http://r', MODEL_REGISTRY_TOKEN: 'a', MODEL_REGISTRY_TOKEN_FILE: '/t' }, 'are both set'],
    [{ KUBEFLOW_PIPELINES_TOKEN: 'a' }, 'KUBEFLOW_PIPELINES_URL is not set'],
  ])('refuse %j, which cannot work', (environment, sentence) => {
    expect(readSettings(environment)).toMatchObject({ ok: false, problems: [expect.stringContaining(sentence)] });
  });

  it('never print a token', () => {
    const read = readSettings({ MODEL_REGISTRY_URL: 'http://r', MODEL_REGISTRY_TOKEN: 'my secret' });
    expect(read).toMatchObject({ ok: false, problems: { length: 1 } });
    expect(JSON.stringify(read)).not.toContain('secret');
  });

  it('say all that is wrong at once, a misspelt name included', () => {
    const read = readSettings({ STELLWERK_PORT: '-1', STELLWERK_TIMEZONE: 'x', STELLWERK_PROT: '80' });
    expect(read).toMatchObject({ ok: false, problems: { length: 3 } });
  });

  it('keep history for 183 days unless told otherwise', () => {
    const days = (given: string) => readSettings({ STELLWERK_HISTORY_DAYS: given });
    expect(days('')).toMatchObject({ settings: { historyDays: 183 } });
    expect(days('30')).toMatchObject({ settings: { historyDays: 30 } });
    expect(days('forever')).toMatchObject({ settings: { historyDays: null } });
    expect(days('0')).toMatchObject({ ok: false, problems: [expect.stringContaining('STELLWERK_HISTORY_DAYS must be a whole number of days from 1 to 36500, or forever; found "0".')] });
  });

  it('accept a loss of the part and at the end that are named, and no other', () => {
    expect(readSettings({})).toMatchObject({ settings: { acceptLoss: {} } });
    expect(readSettings({ STELLWERK_ACCEPT_LOSS: 'engine@12,ledger@7,keys@40' })).toMatchObject({ settings: { acceptLoss: { engine: 12, ledger: 7, keys: 40 } } });
  });

  it('leave the variables of others alone', () => {
    expect(readSettings({ PATH: '/bin', STELLWERK_TEST_X: '1', STELLWERK_DEV_API: '1' }).ok).toBe(true);
  });

  it('make a table with a row for each variable that the code reads', async () => {
    const source = await readFile(join(import.meta.dirname, '../../api/settings.ts'), 'utf8');
    const read = [...source.matchAll(/read\('(\w+)'\)/g)].map(([, name]) => name);
    const table = settingsTable();
    expect(read.length).toBeGreaterThan(5);
    expect(table.split('\n').length - 2).toBe(new Set(read).size);
    for (const name of read) expect(table).toContain(`| \`${name}\` |`);
  });
});
