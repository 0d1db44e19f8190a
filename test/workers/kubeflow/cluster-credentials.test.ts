// Credentials of a cluster: kubeconfig files as kubectl reads them, a pod's service account, programs that print tokens.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClusterAccess } from '../../../workers/kubeflow/kubernetes/cluster-access.ts';
import { inClusterAccess } from '../../../workers/kubeflow/kubernetes/in-cluster.ts';
import { readKubeconfig } from '../../../workers/kubeflow/kubernetes/kubeconfig.ts';
import { kubernetesConnector } from '../../../workers/kubeflow/kubernetes/kubernetes-connector.ts';
import { signal } from './platform-fixture.ts';

let folder: string;
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'stellwerk-kube-')); });
afterEach(() => rm(folder, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const config = (user: string, cluster = 'server: "https://k8s.example:6443"') => `apiVersion: v1
kind: Config
current-context: here
clusters: [{name: c, cluster: {${cluster}}}]
users: [{name: u, user: {${user}}}]
contexts: [{name: here, context: {cluster: c, user: u, namespace: ignored}}]
`;

const connect = (access: ClusterAccess, clock = { now: () => 0 }) => kubernetesConnector(() => Promise.resolve(access), clock);

describe('a kubeconfig', () => {
  it.each([
    ['a token', 'token: abc', { kind: 'token', token: 'abc' }, 'Bearer abc'],
    ['a name and a password', 'username: ada, password: pw', { kind: 'basic', username: 'ada', password: 'pw' }, `Basic ${Buffer.from('ada:pw').toString('base64')}`],
    ['nothing', '', { kind: 'none' }, undefined],
  ])('gives %s', async (_, user, credentials, header) => {
    const access = await readKubeconfig([await file('config', config(user))]);
    expect(access).toMatchObject({ server: 'https://k8s.example:6443', ca: null, insecure: false, credentials });
    expect((await connect(access).connect(signal)).headers['authorization']).toBe(header);
  });

  it('reads certificates from data and from files beside it, and a token file anew each time', async () => {
    await file('ca.crt', 'CA');
    await file('tls.crt', 'CERT');
    await file('token', 'one');
    const access = await readKubeconfig([
      await file('config', config(`tokenFile: token, client-certificate: tls.crt, client-key-data: ${Buffer.from('KEY').toString('base64')}`, 'server: "https://k8s.example", certificate-authority: ca.crt, tls-server-name: inside')),
    ]);
    expect(access).toMatchObject({ ca: 'CA', certificate: { cert: 'CERT', key: 'KEY' }, serverName: 'inside', credentials: { kind: 'token-file', path: join(folder, 'token') } });
  });

  it('merges several files as kubectl does: the first to name something wins', async () => {
    const first = await file('first', config('token: first'));
    const second = await file('second', config('token: second').replace('current-context: here', 'current-context: there'));
    expect(await readKubeconfig([first, second])).toMatchObject({ credentials: { token: 'first' } });
    const contextOnly = await file('context', 'current-context: here\n');
    expect(await readKubeconfig([contextOnly, second])).toMatchObject({ credentials: { token: 'second' } });
  });

  it.each([
    ['no context', config('token: a').replace('current-context: here', 'current-context: ""'), 'no current-context'],
    ['an unknown context', config('token: a').replace('current-context: here', 'current-context: gone'), 'no context "gone"'],
    ['an unknown cluster', config('token: a').replace('{cluster: c,', '{cluster: gone,'), 'no cluster "gone"'],
    ['an unknown user', config('token: a').replace('user: u,', 'user: gone,'), 'no user "gone"'],
    ['no address', config('token: a', 'server: k8s'), 'is no kubeconfig'],
    ['a certificate without a key', config(`client-certificate-data: ${Buffer.from('C').toString('base64')}`), 'without its key'],
    ['a missing file', config('token: a', 'server: "https://k", certificate-authority: gone.crt'), 'cannot be read (ENOENT)'],
    ['a proxy', config('token: a', 'server: "https://k", proxy-url: "http://p"'), 'proxy-url'],
    ['auth-provider', config('auth-provider: {name: gcp}'), 'auth-provider'],
    ['no YAML', 'clusters: [', 'is no YAML'],
  ])('with %s is refused with a sentence', async (_, text, sentence) => {
    await expect(readKubeconfig([await file('config', text)])).rejects.toMatchObject({ kind: 'not-configured', message: expect.stringContaining(sentence) });
  });

  it('that is missing is named', async () => {
    await expect(readKubeconfig([join(folder, 'gone')])).rejects.toMatchObject({ kind: 'not-configured', message: expect.stringContaining(join(folder, 'gone')) });
  });
});

describe('a pod', () => {
  it('gives the API address, the certificate authority and a token that is read anew', async () => {
    await mkdir(join(folder, 'sa'));
    await file('sa/ca.crt', 'CA');
    await file('sa/token', 'one');
    const access = await inClusterAccess({ KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' }, join(folder, 'sa'));
    expect(access).toMatchObject({ server: 'https://10.0.0.1:443', ca: 'CA' });
    const connector = connect({ ...access, ca: null });
    expect((await connector.connect(signal)).headers['authorization']).toBe('Bearer one');
    await file('sa/token', 'two');
    expect((await connector.connect(signal)).headers['authorization']).toBe('Bearer two');
    expect(await inClusterAccess({ KUBERNETES_SERVICE_HOST: 'fd00::1' }, join(folder, 'sa'))).toMatchObject({ server: 'https://[fd00::1]:443' });
  });

  it('without a service account, or no pod at all, is a sentence', async () => {
    await expect(inClusterAccess({}, folder)).rejects.toMatchObject({ kind: 'not-configured', message: expect.stringContaining('KUBECONFIG') });
    await expect(inClusterAccess({ KUBERNETES_SERVICE_HOST: '10.0.0.1' }, folder)).rejects.toMatchObject({ kind: 'not-configured', message: expect.stringContaining('ca.crt') });
  });
});

describe('a program that prints credentials', () => {
  const plugin = async (script: string) => {
    const program = await file('credentials.js', script);
    return readKubeconfig([await file('config', config(`exec: {apiVersion: client.authentication.k8s.io/v1, command: "${process.execPath}", args: ["${program}"], env: [{name: WHO, value: ada}]}`))]);
  };
  const prints = (status: string) => `const fs = require('node:fs'); const n = (fs.existsSync(__dirname + '/n') ? Number(fs.readFileSync(__dirname + '/n', 'utf8')) : 0) + 1; fs.writeFileSync(__dirname + '/n', String(n));
    console.log(JSON.stringify({ kind: 'ExecCredential', status: ${status} }));`;

  it('is run once and again before its token ends, with its environment', async () => {
    let now = Date.parse('2026-11-22T20:00:00Z');
    const access = await plugin(prints("{ token: process.env.WHO + '-' + n, expirationTimestamp: new Date(Date.parse('2026-11-22T20:00:00Z') + n * 600000).toISOString() }"));
    const connector = connect(access, { now: () => now });
    expect((await connector.connect(signal)).headers['authorization']).toBe('Bearer ada-1');
    expect((await connector.connect(signal)).headers['authorization']).toBe('Bearer ada-1');
    now += 9.5 * 60_000;
    expect((await connector.connect(signal)).headers['authorization']).toBe('Bearer ada-2');
    connector.forget();
    expect((await connector.connect(signal)).headers['authorization']).toBe('Bearer ada-3');
  });

  it.each([
    ['fails', "console.error('no session'); process.exit(3)", 'failed (3)'],
    ['prints nonsense', "console.log('hello')", 'printed no ExecCredential'],
    ['prints no token', "console.log(JSON.stringify({ status: {} }))", 'printed neither'],
  ])('that %s is a sentence', async (_, script, sentence) => {
    await expect(connect(await plugin(script)).connect(signal)).rejects.toMatchObject({ kind: 'unauthorized', message: expect.stringContaining(sentence) });
  });
});
