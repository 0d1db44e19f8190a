// Reads of process instances.
import type { DatabaseSync } from 'node:sqlite';
import type { Phase } from '../element/lifecycle.ts';
import type { Key } from '../keys.ts';
import type { HeldFollowUp } from './records.ts';
import { one } from '../store/statements.ts';

export type ProcessInstanceRow = {
  readonly key: Key;
  readonly processDefinitionKey: Key;
  readonly bpmnProcessId: string;
  readonly parentProcessInstanceKey: Key | null;
  readonly parentElementInstanceKey: Key | null;
  readonly callDepth: number;
  readonly phase: Phase;
  readonly tokens: number;
  readonly tags: string | null;
  readonly messageLock: string | null;
  readonly interruptedBy: string | null;
};

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

const columns = `key, process_definition_key AS processDefinitionKey, bpmn_process_id AS bpmnProcessId,
  parent_process_instance_key AS parentProcessInstanceKey, parent_element_instance_key AS parentElementInstanceKey, call_depth AS callDepth,
  phase, tokens, tags, message_lock AS messageLock, interrupted_by AS interruptedBy`;

export function readProcessInstances(db: DatabaseSync): ProcessInstanceReads {
  const locked = one<object>(db, 'SELECT 1 FROM process_instances WHERE bpmn_process_id = ? AND message_lock = ? AND end_date IS NULL');
  const held = one<{ followUps: string }>(db, 'SELECT follow_ups AS followUps FROM held_follow_ups WHERE instance_key = ?');
  const last = one<object>(db, 'SELECT 1 FROM last_elements WHERE process_instance_key = ? AND element_id = ?');
  return {
    endsAfter: (processInstanceKey, elementId) => last(processInstanceKey, elementId) !== undefined,
    get: one<ProcessInstanceRow>(db, `SELECT ${columns} FROM process_instances WHERE key = ?`),
    calledBy: one<ProcessInstanceRow>(db, `SELECT ${columns} FROM process_instances WHERE parent_element_instance_key = ? AND end_date IS NULL`),
    isLocked: (bpmnProcessId, correlationKey) => locked(bpmnProcessId, correlationKey) !== undefined,
    heldFor: (key) => JSON.parse(held(key)?.followUps ?? '[]') as HeldFollowUp[],
  };
}
