// Reads of process instances.
import type { DatabaseSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import type { InstanceRows } from '../processing/instance-rows.ts';
import { one } from '../store/statements.ts';
import type { HeldFollowUp } from './records.ts';
import type { ProcessInstanceRow } from './rows.ts';

export type { ProcessInstanceRow };

export type ProcessInstanceReads = {
  get(key: Key): ProcessInstanceRow | undefined;
  /** The running instance that this call activity instance started. */
  calledBy(elementInstanceKey: Key): ProcessInstanceRow | undefined;
  /** Whether an instance of this process runs that was started by a message with this correlation key. */
  isLocked(bpmnProcessId: string, correlationKey: string): boolean;
  /** Whether the instance is to be ended once this element is left. */
  endsAfter(processInstanceKey: Key, elementId: string): boolean;
  /** What waits for the listeners of an instance. */
  heldFor(instanceKey: Key): readonly HeldFollowUp[];
};

export function readProcessInstances(db: DatabaseSync, rows: InstanceRows): ProcessInstanceReads {
  const { get } = rows.processInstances;
  const locked = rows.written(one<object>(db, 'SELECT 1 FROM process_instances WHERE bpmn_process_id = ? AND message_lock = ? AND end_date IS NULL'));
  const called = rows.written(one<{ key: Key }>(db, 'SELECT key FROM process_instances WHERE parent_element_instance_key = ? AND end_date IS NULL'));
  const held = one<{ followUps: string }>(db, 'SELECT follow_ups AS followUps FROM held_follow_ups WHERE instance_key = ?');
  const last = one<object>(db, 'SELECT 1 FROM last_elements WHERE process_instance_key = ? AND element_id = ?');
  return {
    get,
    endsAfter: (processInstanceKey, elementId) => get(processInstanceKey)?.hasLastElements === 1 && last(processInstanceKey, elementId) !== undefined,
    calledBy: (elementInstanceKey) => {
      const found = called(elementInstanceKey);
      return found === undefined ? undefined : get(found.key);
    },
    isLocked: (bpmnProcessId, correlationKey) => locked(bpmnProcessId, correlationKey) !== undefined,
    heldFor: (key) => JSON.parse(held(key)?.followUps ?? '[]') as HeldFollowUp[],
  };
}
