// All that was ever deployed to an engine, as files in the order of their deployments: what an archive holds.
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { digestOf } from '../digest-of.ts';

/** A file, and the versions that deploying it made. */
export type ArchivedResource = { readonly name: string; readonly content: string; readonly makes: readonly Definition[] };
export type ArchivedDeployment = { readonly resources: readonly ArchivedResource[] };

export const Definition = z.object({
  kind: z.enum(['process', 'form', 'decision-requirements']),
  id: z.string(),
  version: z.int().min(1),
  versionTag: z.string().nullable(),
  /** Deleted later; it keeps its version. */
  deleted: z.boolean(),
});
export type Definition = z.infer<typeof Definition>;

type Row = { readonly key: number; readonly deploymentKey: number; readonly kind: Definition['kind']; readonly id: string; readonly version: number; readonly versionTag: string | null; readonly deleted: number; readonly name: string; readonly content: string };

/** A deployment that made nothing new is not among them. */
export function listDeployments(db: DatabaseSync): ArchivedDeployment[] {
  const rows = db.prepare(`
    SELECT key, deployment_key AS deploymentKey, 'process' AS kind, bpmn_process_id AS id, version, version_tag AS versionTag, deleted, resource_name AS name, xml AS content FROM process_definitions
    UNION ALL SELECT key, deployment_key, 'form', form_id, version, version_tag, deleted, resource_name, schema FROM forms
    UNION ALL SELECT key, deployment_key, 'decision-requirements', drg_id, version, NULL, deleted, resource_name, xml FROM decision_requirements
    ORDER BY deploymentKey, key`).all() as Row[];
  const deployments = new Map<number, Map<string, { name: string; content: string; makes: Definition[] }>>();
  for (const { deploymentKey, name, content, kind, id, version, versionTag, deleted } of rows) {
    const resources = deployments.get(deploymentKey) ?? new Map<string, { name: string; content: string; makes: Definition[] }>();
    deployments.set(deploymentKey, resources);
    const resource = resources.get(name) ?? { name, content, makes: [] };
    resources.set(name, resource);
    resource.makes.push({ kind, id, version, versionTag, deleted: deleted === 1 });
  }
  return [...deployments.values()].map((resources) => ({ resources: [...resources.values()] }));
}

/** The versions that these deployments made, in their order. */
export const makesOf = (deployments: readonly ArchivedDeployment[]): Definition[] => deployments.flatMap(({ resources }) => resources.flatMap(({ makes }) => makes));

/** The same for two deployments that make the same versions of the same files, whatever was deleted later. */
export function identityOf({ resources }: ArchivedDeployment): string {
  const lines = resources.map(({ name, content, makes }) => JSON.stringify([name, digestOf(content), makes.map(({ kind, id, version, versionTag }) => [kind, id, version, versionTag])]));
  return lines.sort().join('\n');
}
