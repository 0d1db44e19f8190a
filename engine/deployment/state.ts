// Reads of deployed definitions, forms and decisions; parsed models are kept in a bounded cache.
import type { DatabaseSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import type { Binding, ProcessModel } from '../model/executable.ts';
import { parseModel } from '../model/parse-model.ts';
import type { InstanceRows } from '../processing/instance-rows.ts';
import { boundedCache } from '../store/bounded-cache.ts';
import { one } from '../store/statements.ts';

export type ProcessDefinition = {
  readonly key: Key;
  readonly bpmnProcessId: string;
  readonly version: number;
  readonly deploymentKey: Key;
  readonly resourceName: string;
  readonly digest: string;
  readonly model: ProcessModel;
};
export type FormRow = { readonly key: Key; readonly formId: string; readonly version: number; readonly digest: string; readonly resourceName: string };
export type DecisionRow = {
  readonly key: Key;
  readonly decisionId: string;
  readonly version: number;
  readonly name: string;
  readonly decisionRequirementsKey: Key;
  readonly drgId: string;
};
export type RequirementsRow = { readonly key: Key; readonly drgId: string; readonly version: number; readonly name: string; readonly digest: string; readonly resourceName: string };

/** A resource that is referred to by id, as seen from the definition that refers to it. */
export type Reference = { readonly id: string; readonly binding: Binding; readonly deploymentKey: Key };

export type DeploymentReads = {
  process(key: Key): ProcessDefinition | undefined;
  latestProcess(bpmnProcessId: string): ProcessDefinition | undefined;
  processVersion(bpmnProcessId: string, version: number): ProcessDefinition | undefined;
  calledProcess(reference: Reference): ProcessDefinition | undefined;
  /** Highest version ever given, also to deleted definitions. */
  lastProcessVersion(bpmnProcessId: string): number;
  hasRunningInstances(processDefinitionKey: Key): boolean;
  form(key: Key): FormRow | undefined;
  latestForm(formId: string): FormRow | undefined;
  linkedForm(reference: Reference): FormRow | undefined;
  lastFormVersion(formId: string): number;
  requirements(key: Key): RequirementsRow | undefined;
  latestRequirements(drgId: string): RequirementsRow | undefined;
  lastRequirementsVersion(drgId: string): number;
  decision(key: Key): DecisionRow | undefined;
  latestDecision(decisionId: string): DecisionRow | undefined;
  calledDecision(reference: Reference): DecisionRow | undefined;
  /** A decision of a given graph. */
  decisionOf(decisionRequirementsKey: Key, decisionId: string): DecisionRow | undefined;
  lastDecisionVersion(decisionId: string): number;
  /** Drops the cache: after a rollback, and when a resource is deleted. */
  forget(): void;
};

type Lookup<Row> = { readonly latest: (id: string) => Row | undefined; readonly inDeployment: (id: string, deploymentKey: Key) => Row | undefined; readonly tagged: (id: string, tag: string) => Row | undefined };

export function readDeployments(db: DatabaseSync, { written }: InstanceRows): DeploymentReads {
  const models = boundedCache<Key, ProcessDefinition>(500);
  const processKeys = lookup<{ key: Key }>(db, 'key', 'process_definitions', 'bpmn_process_id');
  const processKeyOfVersion = one<{ key: Key }>(db, 'SELECT key FROM process_definitions WHERE bpmn_process_id = ? AND version = ? AND deleted = 0');
  const load = one<Omit<ProcessDefinition, 'model'> & { model: string }>(db, `SELECT key, bpmn_process_id AS bpmnProcessId, version, deployment_key AS deploymentKey,
    resource_name AS resourceName, digest, model FROM process_definitions WHERE key = ? AND deleted = 0`);
  const process = (key: Key): ProcessDefinition | undefined => {
    const known = models.get(key);
    if (known !== undefined) return known;
    const row = load(key);
    if (row === undefined) return undefined;
    const definition = { ...row, model: parseModel(row.model) };
    models.set(key, definition);
    return definition;
  };
  const byRow = (row: { key: Key } | undefined) => (row === undefined ? undefined : process(row.key));
  const running = written(one<object>(db, `SELECT 1 FROM process_instances WHERE process_definition_key = ? AND end_date IS NULL LIMIT 1`));

  const formColumns = 'key, form_id AS formId, version, digest, resource_name AS resourceName';
  const forms = lookup<FormRow>(db, formColumns, 'forms', 'form_id');
  const requirementsColumns = 'key, drg_id AS drgId, version, name, digest, resource_name AS resourceName';
  const decisionColumns = 'key, decision_id AS decisionId, version, name, decision_requirements_key AS decisionRequirementsKey, drg_id AS drgId';
  const decisions = lookup<DecisionRow>(db, decisionColumns, 'decision_definitions', 'decision_id');

  return {
    process,
    latestProcess: (id) => byRow(processKeys.latest(id)),
    processVersion: (id, version) => byRow(processKeyOfVersion(id, version)),
    calledProcess: (reference) => byRow(resolve(processKeys, reference)),
    lastProcessVersion: lastVersion(db, 'process_definitions', 'bpmn_process_id'),
    hasRunningInstances: (key) => running(key) !== undefined,
    form: one<FormRow>(db, `SELECT ${formColumns} FROM forms WHERE key = ? AND deleted = 0`),
    latestForm: forms.latest,
    linkedForm: (reference) => resolve(forms, reference),
    lastFormVersion: lastVersion(db, 'forms', 'form_id'),
    requirements: one<RequirementsRow>(db, `SELECT ${requirementsColumns} FROM decision_requirements WHERE key = ? AND deleted = 0`),
    latestRequirements: one<RequirementsRow>(db, `SELECT ${requirementsColumns} FROM decision_requirements WHERE drg_id = ? AND deleted = 0 ORDER BY version DESC LIMIT 1`),
    lastRequirementsVersion: lastVersion(db, 'decision_requirements', 'drg_id'),
    decision: one<DecisionRow>(db, `SELECT ${decisionColumns} FROM decision_definitions WHERE key = ? AND deleted = 0`),
    latestDecision: decisions.latest,
    calledDecision: (reference) => resolve(decisions, reference),
    decisionOf: one<DecisionRow>(db, `SELECT ${decisionColumns} FROM decision_definitions WHERE decision_requirements_key = ? AND decision_id = ?`),
    lastDecisionVersion: lastVersion(db, 'decision_definitions', 'decision_id'),
    forget: () => models.clear(),
  };
}

function lookup<Row>(db: DatabaseSync, columns: string, table: string, idColumn: string): Lookup<Row> {
  const select = `SELECT ${columns} FROM ${table} WHERE ${idColumn} = ? AND deleted = 0`;
  return {
    latest: one<Row>(db, `${select} ORDER BY version DESC LIMIT 1`),
    inDeployment: one<Row>(db, `${select} AND deployment_key = ? ORDER BY version DESC LIMIT 1`),
    tagged: one<Row>(db, `${select} AND version_tag = ? ORDER BY version DESC LIMIT 1`),
  };
}

function resolve<Row>(rows: Lookup<Row>, { id, binding, deploymentKey }: Reference): Row | undefined {
  switch (binding.kind) {
    case 'latest': return rows.latest(id);
    case 'deployment': return rows.inDeployment(id, deploymentKey);
    case 'versionTag': return rows.tagged(id, binding.tag);
    default: return binding satisfies never;
  }
}

function lastVersion(db: DatabaseSync, table: string, idColumn: string): (id: string) => number {
  const last = one<{ version: number | null }>(db, `SELECT max(version) AS version FROM ${table} WHERE ${idColumn} = ?`);
  return (id) => last(id)?.version ?? 0;
}
