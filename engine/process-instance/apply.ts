// Writes process instances.
import type { DatabaseSync } from 'node:sqlite';
import type { Appliers } from '../processing/appliers.ts';
import { write } from '../store/statements.ts';
import type { ProcessInstanceEvent } from './records.ts';

export function processInstanceAppliers(db: DatabaseSync): Appliers<ProcessInstanceEvent> {
  const insert = write(db, `INSERT INTO process_instances (key, process_definition_key, bpmn_process_id, parent_process_instance_key,
    parent_element_instance_key, phase, tokens, start_date, tags, message_lock) VALUES (?, ?, ?, ?, ?, 'ACTIVATED', 1, ?, ?, ?)`);
  const end = write(db, 'UPDATE process_instances SET phase = ?, end_date = ? WHERE key = ?');
  return {
    'process-instance.created': (event, at) =>
      insert(event.key, event.processDefinitionKey, event.bpmnProcessId, event.parentProcessInstanceKey, event.parentElementInstanceKey,
        at, event.tags === null ? null : JSON.stringify(event.tags), event.messageLock),
    'process-instance.completed': (event, at) => end('COMPLETED', at, event.key),
    'process-instance.terminated': (event, at) => end('TERMINATED', at, event.key),
  };
}
