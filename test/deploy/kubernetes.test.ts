/** The Kubernetes manifests against the published schemas, against each other, and against what the programs read. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { operations } from '../../api/contract/index.ts';
import { readSettings } from '../../api/settings.ts';
import { readYaml } from './read-yaml.ts';
import { sdkVariables } from './sdk-variables.ts';

const folder = 'deploy/kubernetes';
const files = readdirSync(join(import.meta.dirname, '../..', folder)).filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml');

const Kubernetes = z.looseObject({ apiVersion: z.string(), kind: z.string(), metadata: z.looseObject({ name: z.string() }) });
const objects = files.flatMap((file) => readYaml(`${folder}/${file}`).map((value) => Kubernetes.parse(value)));
const objectsOf = (kind: string) => objects.filter((one) => one.kind === kind);
const named = (kind: string, name: string): Record<string, unknown> => {
  const found = objects.find((one) => one.kind === kind && one.metadata.name === name);
  if (found === undefined) throw new Error(`There is no ${kind} ${name}.`);
  return found;
};

const Reference = z.object({ name: z.string(), value: z.string().optional(), valueFrom: z.object({ secretKeyRef: z.object({ name: z.string(), key: z.string() }) }).optional() });
const Probe = z.looseObject({ httpGet: z.object({ path: z.string(), port: z.string() }) });
const Workload = z.looseObject({
  spec: z.looseObject({
    serviceName: z.string(),
    selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
    template: z.looseObject({
      metadata: z.looseObject({ labels: z.record(z.string(), z.string()), annotations: z.record(z.string(), z.string()) }),
      spec: z.looseObject({
        serviceAccountName: z.string(),
        automountServiceAccountToken: z.boolean(),
        securityContext: z.looseObject({ runAsNonRoot: z.literal(true) }),
        containers: z.tuple([z.looseObject({
          image: z.string(),
          ports: z.tuple([z.object({ name: z.string(), containerPort: z.number() })]),
          envFrom: z.tuple([z.object({ configMapRef: z.object({ name: z.string() }) })]),
          env: z.array(Reference),
          startupProbe: Probe, livenessProbe: Probe, readinessProbe: Probe,
          resources: z.object({ requests: z.object({ cpu: z.string(), memory: z.string() }), limits: z.object({ cpu: z.string(), memory: z.string() }) }),
          securityContext: z.looseObject({ readOnlyRootFilesystem: z.literal(true), allowPrivilegeEscalation: z.literal(false) }),
          volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string(), readOnly: z.boolean().optional() })),
        })]),
        volumes: z.array(z.looseObject({ name: z.string() })),
      }),
    }),
    volumeClaimTemplates: z.array(z.looseObject({ metadata: z.object({ name: z.string() }) })),
  }),
});
const workloads = ['api', 'workers'].map((role) => ({ role, ...Workload.parse(named('StatefulSet', `stellwerk-${role}`)).spec }));
const { data: settings } = z.looseObject({ data: z.record(z.string(), z.string()) }).parse(named('ConfigMap', 'stellwerk-settings'));


type Model = new (value: unknown) => { validate(): void };

/** The published schema of a kind, as a class that validates. */
async function modelOf({ apiVersion, kind }: { apiVersion: string; kind: string }): Promise<Model> {
  const group = (await import(`kubernetes-models/${apiVersion}`)) as Record<string, Model | undefined>;
  const found = group[kind];
  if (found === undefined) throw new Error(`${apiVersion} has no ${kind}.`);
  return found;
}

describe('the Kubernetes manifests', () => {
  it.each(objects.map((one) => [one.kind, one.metadata.name, one]))('%s %s is one by the published schema', async (_kind, _name, one) => {
    const Model = await modelOf(one);
    expect(() => { new Model(one).validate(); }).not.toThrow();
  });

  it('would be refused with a value of a wrong type', async () => {
    const Model = await modelOf({ apiVersion: 'apps/v1', kind: 'StatefulSet' });
    expect(() => { new Model({ ...named('StatefulSet', 'stellwerk-api'), spec: { replicas: 'two' } }).validate(); }).toThrow();
  });

  it('are all listed by kustomize', () => {
    const [kustomization] = readYaml(`${folder}/kustomization.yaml`);
    expect(z.looseObject({ resources: z.array(z.string()) }).parse(kustomization).resources.toSorted()).toEqual(files.toSorted());
  });

  it.each(workloads)('give $role settings that it takes', ({ role, template: { spec: { containers: [container] } } }) => {
    const environment = Object.fromEntries(container.env.map(({ name, value }) => [name, value ?? (name === 'DATABASE_URL' ? 'postgres://user:password@host/database' : 'secret')]));
    const read = readSettings({ KUBERNETES_SERVICE_HOST: '10.0.0.1', ...settings, ...environment });
    expect(read).toMatchObject({ ok: true, settings: { role } });
    const own = /^(STELLWERK|KSERVE|KUBEFLOW|MODEL_REGISTRY|DATABASE)_/;
    for (const variable of Object.keys({ ...settings, ...environment })) expect(own.test(variable) || sdkVariables.has(variable), `nobody reads ${variable}`).toBe(true);
    expect(container.envFrom[0].configMapRef.name).toBe('stellwerk-settings');
  });

  it.each(workloads)('ask $role how it is at paths and ports that it serves', ({ template: { metadata, spec: { containers: [container] } } }) => {
    const paths = Object.values(operations).map(({ path }) => path);
    const port = readSettings({}) as { ok: true; settings: { port: number } };
    expect(container.ports[0]).toEqual({ name: 'http', containerPort: port.settings.port });
    for (const { httpGet } of [container.startupProbe, container.livenessProbe, container.readinessProbe]) {
      expect(httpGet.port).toBe('http');
      expect(paths).toContain(httpGet.path);
    }
    expect(paths).toContain(metadata.annotations['prometheus.io/path']);
    expect(metadata.annotations['prometheus.io/port']).toBe(String(port.settings.port));
  });

  it.each(workloads)('mount for $role what it keeps and the one master key', ({ template: { spec: { containers: [container], volumes } }, volumeClaimTemplates }) => {
    const declared = [...volumes.map(({ name }) => name), ...volumeClaimTemplates.map(({ metadata }) => metadata.name)];
    expect(container.volumeMounts.map(({ name }) => name).toSorted()).toEqual(declared.toSorted());
    const key = container.volumeMounts.find(({ name }) => name === 'master-key');
    expect(settings['STELLWERK_MASTER_KEY_FILE']).toBe(`${key?.mountPath}/master.key`);
    expect(key?.readOnly).toBe(true);
  });

  it('select the pods that the services, budgets and the policy mean', () => {
    for (const { role, template, selector, serviceName } of workloads) {
      expect(template.metadata.labels).toMatchObject(selector.matchLabels);
      const service = z.looseObject({ spec: z.looseObject({ selector: z.record(z.string(), z.string()) }) }).parse(named('Service', serviceName));
      expect(service.spec.selector).toEqual(selector.matchLabels);
      const budget = z.looseObject({ spec: z.looseObject({ selector: z.object({ matchLabels: z.record(z.string(), z.string()) }) }) }).parse(named('PodDisruptionBudget', `stellwerk-${role}`));
      expect(budget.spec.selector.matchLabels).toEqual(selector.matchLabels);
    }
  });

  it('give rights on InferenceServices to the workers alone, and no other right to anybody', () => {
    expect(objectsOf('ClusterRole')).toEqual([]);
    const [role] = objectsOf('Role');
    expect(role).toMatchObject({ rules: [{ apiGroups: ['serving.kserve.io'], resources: ['inferenceservices'] }] });
    expect(objectsOf('RoleBinding')).toMatchObject([{ roleRef: { name: role?.metadata.name }, subjects: [{ kind: 'ServiceAccount', name: 'stellwerk-workers' }] }]);
    for (const { role: name, template: { spec } } of workloads) {
      expect(spec.serviceAccountName).toBe(`stellwerk-${name}`);
      expect(spec.automountServiceAccountToken).toBe(name === 'workers');
    }
  });
});
