// Writes deployed definitions, forms and decisions.
import type { DatabaseSync } from 'node:sqlite';
import type { Appliers } from '../processing/appliers.ts';
import { write } from '../store/statements.ts';
import type { DeploymentEvent } from './records.ts';

export function deploymentAppliers(db: DatabaseSync): Appliers<DeploymentEvent> {
  const insertDeployment = write(db, 'INSERT INTO deployments (key, created_at) VALUES (?, ?)');
  const insertProcess = write(db, `INSERT INTO process_definitions (key, bpmn_process_id, version, version_tag, name, resource_name, deployment_key,
    digest, xml, model, start_form_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const insertElement = write(db, 'INSERT INTO elements (process_definition_key, element_id, name, type) VALUES (?, ?, ?, ?)');
  const insertForm = write(db, `INSERT INTO forms (key, form_id, version, version_tag, resource_name, deployment_key, digest, schema)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const insertRequirements = write(db, `INSERT INTO decision_requirements (key, drg_id, version, name, namespace, resource_name, deployment_key, digest, xml)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const insertDecision = write(db, `INSERT INTO decision_definitions (key, decision_id, version, version_tag, name, decision_requirements_key, drg_id, deployment_key)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const deleteProcess = write(db, 'UPDATE process_definitions SET deleted = 1 WHERE key = ?');
  const deleteForm = write(db, 'UPDATE forms SET deleted = 1 WHERE key = ?');
  const deleteRequirements = write(db, 'UPDATE decision_requirements SET deleted = 1 WHERE key = ?');
  const deleteDecisions = write(db, 'UPDATE decision_definitions SET deleted = 1 WHERE decision_requirements_key = ?');
  return {
    'deployment.created': (event, at) => insertDeployment(event.key, at),
    'process-definition.created': (event) => {
      const { model } = event;
      insertProcess(event.key, model.bpmnProcessId, event.version, model.versionTag, model.name, event.resourceName, event.deploymentKey,
        event.digest, event.xml, JSON.stringify(model), model.startFormId);
      for (const element of Object.values(model.elements)) insertElement(event.key, element.id, element.name, element.type === 'MULTI_INSTANCE_BODY' ? element.inner.type : element.type);
    },
    'form.created': (event) =>
      insertForm(event.key, event.formId, event.version, event.versionTag, event.resourceName, event.deploymentKey, event.digest, event.schema),
    'decision-requirements.created': (event) =>
      insertRequirements(event.key, event.drgId, event.version, event.name, event.namespace, event.resourceName, event.deploymentKey, event.digest, event.xml),
    'decision-definition.created': (event) =>
      insertDecision(event.key, event.decisionId, event.version, event.versionTag, event.name, event.decisionRequirementsKey, event.drgId, event.deploymentKey),
    'resource.deleted': (event) => {
      switch (event.kind) {
        case 'process': return deleteProcess(event.key);
        case 'form': return deleteForm(event.key);
        case 'decision-requirements':
          deleteDecisions(event.key);
          return deleteRequirements(event.key);
        default: return event.kind satisfies never;
      }
    },
  };
}
