// Writes process instances.
import type { DatabaseSync } from 'node:sqlite';
import type { Appliers } from '../processing/appliers.ts';
import { write } from '../store/statements.ts';
import type { ProcessInstanceEvent } from './records.ts';

export function processInstanceAppliers(db: DatabaseSync): Appliers<ProcessInstanceEvent> {
  const insert = write(db, `INSERT INTO process_instances (key, process_definition_key, bpmn_process_id, parent_process_instance_key,
    parent_element_instance_key, call_depth, phase, tokens, start_date, tags, message_lock) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const endAfter = write(db, 'INSERT OR IGNORE INTO last_elements (process_instance_key, element_id) VALUES (?, ?)');
  const migrate = write(db, 'UPDATE process_instances SET process_definition_key = ?, bpmn_process_id = ? WHERE key = ?');
  const setPhase = write(db, 'UPDATE process_instances SET phase = ? WHERE key = ?');
  const hold = write(db, 'INSERT OR REPLACE INTO held_follow_ups (instance_key, follow_ups) VALUES (?, ?)');
  const release = write(db, 'DELETE FROM held_follow_ups WHERE instance_key = ?');
  const end = write(db, 'UPDATE process_instances SET phase = ?, end_date = ? WHERE key = ?');
  return {
    'process-instance.created': (event, at) => {
      insert(event.key, event.processDefinitionKey, event.bpmnProcessId, event.parentProcessInstanceKey, event.parentElementInstanceKey, event.callDepth ?? 1,
        event.isHeld === true ? 'ACTIVATING' : 'ACTIVATED', event.tokens ?? 1, at, event.tags === null ? null : JSON.stringify(event.tags), event.messageLock);
      for (const elementId of event.lastElements ?? []) endAfter(event.key, elementId);
    },
    'process-instance.activated': (event) => setPhase('ACTIVATED', event.key),
    'process-instance.completing': (event) => setPhase('COMPLETING', event.key),
    'process-instance.migrated': (event) => migrate(event.processDefinitionKey, event.bpmnProcessId, event.key),
    'process-instance.terminating': (event) => setPhase('TERMINATING', event.key),
    'follow-ups.held': (event) => hold(event.instanceKey, JSON.stringify(event.followUps)),
    'follow-ups.released': (event) => release(event.instanceKey),
    'process-instance.completed': (event, at) => end('COMPLETED', at, event.key),
    'process-instance.terminated': (event, at) => end('TERMINATED', at, event.key),
  };
}
