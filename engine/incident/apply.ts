// Writes incidents.
import type { DatabaseSync } from 'node:sqlite';
import type { Appliers } from '../processing/appliers.ts';
import { write } from '../store/statements.ts';
import type { IncidentEvent } from './records.ts';

export function incidentAppliers(db: DatabaseSync): Appliers<IncidentEvent> {
  const insert = write(db, `INSERT INTO incidents (key, error_type, error_message, process_instance_key, process_definition_key, bpmn_process_id,
    element_id, element_instance_key, job_key, state, creation_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'ACTIVE', ?)`);
  const resolve = write(db, `UPDATE incidents SET state = 'RESOLVED' WHERE key = ?`);
  const migrate = write(db, `UPDATE incidents SET process_definition_key = ?, bpmn_process_id = ?, element_id = ? WHERE key = ?`);
  return {
    'incident.migrated': (event) => migrate(event.processDefinitionKey, event.bpmnProcessId, event.elementId, event.key),
    'incident.created': (event, at) =>
      insert(event.key, event.errorType, event.errorMessage, event.processInstanceKey, event.processDefinitionKey, event.bpmnProcessId,
        event.elementId, event.elementInstanceKey, event.jobKey, at),
    'incident.resolved': (event) => resolve(event.key),
  };
}
