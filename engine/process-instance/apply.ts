// Changes process instances.
import type { DatabaseSync } from 'node:sqlite';
import type { Phase } from '../element/lifecycle.ts';
import type { Key } from '../keys.ts';
import type { Appliers } from '../processing/appliers.ts';
import type { InstanceRows } from '../processing/instance-rows.ts';
import { write } from '../store/statements.ts';
import type { ProcessInstanceEvent } from './records.ts';

export function processInstanceAppliers(db: DatabaseSync, { processInstances }: InstanceRows): Appliers<ProcessInstanceEvent> {
  const endAfter = write(db, 'INSERT OR IGNORE INTO last_elements (process_instance_key, element_id) VALUES (?, ?)');
  const setPhase = (key: Key, phase: Phase) => processInstances.change(key, (row) => ({ ...row, phase }));
  const end = (key: Key, phase: Phase, endDate: number) => processInstances.change(key, (row) => ({ ...row, phase, endDate }));
  const hold = write(db, 'INSERT OR REPLACE INTO held_follow_ups (instance_key, follow_ups) VALUES (?, ?)');
  const release = write(db, 'DELETE FROM held_follow_ups WHERE instance_key = ?');
  return {
    'process-instance.created': (event, at) => {
      const { key, processDefinitionKey, bpmnProcessId, parentProcessInstanceKey, parentElementInstanceKey, callDepth = 1, messageLock, lastElements = [] } = event;
      processInstances.add({
        ...{ key, processDefinitionKey, bpmnProcessId, parentProcessInstanceKey, parentElementInstanceKey, callDepth, messageLock },
        phase: event.isHeld === true ? 'ACTIVATING' : 'ACTIVATED',
        tokens: event.tokens ?? 1,
        interruptedBy: null,
        startDate: at,
        endDate: null,
        tags: event.tags === null ? null : JSON.stringify(event.tags),
        hasLastElements: lastElements.length > 0 ? 1 : 0,
      });
      for (const elementId of lastElements) endAfter(key, elementId);
    },
    'process-instance.activated': (event) => setPhase(event.key, 'ACTIVATED'),
    'process-instance.completing': (event) => setPhase(event.key, 'COMPLETING'),
    'process-instance.migrated': ({ key, processDefinitionKey, bpmnProcessId }) => processInstances.change(key, (row) => ({ ...row, processDefinitionKey, bpmnProcessId })),
    'process-instance.terminating': (event) => setPhase(event.key, 'TERMINATING'),
    'follow-ups.held': (event) => hold(event.instanceKey, JSON.stringify(event.followUps)),
    'follow-ups.released': (event) => release(event.instanceKey),
    'process-instance.completed': (event, at) => end(event.key, 'COMPLETED', at),
    'process-instance.terminated': (event, at) => end(event.key, 'TERMINATED', at),
  };
}
