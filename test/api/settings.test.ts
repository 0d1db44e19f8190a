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
    ['DATABASE_URL', 'mysql://db', 'must be a postgres'],
  ])('refuse %s=%s with a sentence that names both', (name, value, sentence) => {
    const read = readSettings({ [name]: value });
    expect(read.ok).toBe(false);
    expect(read).toMatchObject({ problems: [expect.stringContaining(name)] });
    expect(read).toMatchObject({ problems: [expect.stringContaining(sentence)] });
    expect(read).toMatchObject({ problems: [expect.stringContaining(`"${value}"`)] });
  });

  it('say all that is wrong at once, a misspelt name included', () => {
    const read = readSettings({ STELLWERK_PORT: '-1', STELLWERK_TIMEZONE: 'x', STELLWERK_PROT: '80' });
    expect(read).toMatchObject({ ok: false, problems: { length: 3 } });
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
