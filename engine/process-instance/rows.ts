// Rows of process instances: how they are read and written.
import type { DatabaseSync } from 'node:sqlite';
import type { Phase } from '../element/lifecycle.ts';
import type { Key } from '../keys.ts';
import { openRows, type Rows } from '../store/rows.ts';
import { one, write } from '../store/statements.ts';

export type ProcessInstanceRow = {
  readonly key: Key;
  readonly processDefinitionKey: Key;
  readonly bpmnProcessId: string;
  readonly parentProcessInstanceKey: Key | null;
  readonly parentElementInstanceKey: Key | null;
  readonly callDepth: number;
  readonly phase: Phase;
  readonly tokens: number;
  readonly interruptedBy: string | null;
  readonly startDate: number;
  readonly endDate: number | null;
  readonly tags: string | null;
  readonly messageLock: string | null;
  /** 1: there are elements after which it is ended. Hardly any has some, and each element that is left asks. */
  readonly hasLastElements: 0 | 1;
};

const columns = `key, process_definition_key AS processDefinitionKey, bpmn_process_id AS bpmnProcessId,
  parent_process_instance_key AS parentProcessInstanceKey, parent_element_instance_key AS parentElementInstanceKey, call_depth AS callDepth,
  phase, tokens, interrupted_by AS interruptedBy, start_date AS startDate, end_date AS endDate, tags, message_lock AS messageLock,
  EXISTS (SELECT 1 FROM last_elements l WHERE l.process_instance_key = key) AS hasLastElements`;

export function openProcessInstanceRows(db: DatabaseSync): Rows<ProcessInstanceRow> {
  const insert = write(db, `INSERT INTO process_instances (key, process_definition_key, bpmn_process_id, parent_process_instance_key,
    parent_element_instance_key, call_depth, phase, tokens, interrupted_by, start_date, end_date, tags, message_lock) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const move = write(db, 'UPDATE process_instances SET process_definition_key = ?, bpmn_process_id = ? WHERE key = ?');
  const setTokens = write(db, 'UPDATE process_instances SET tokens = ?, interrupted_by = ? WHERE key = ?');
  const setPhase = write(db, 'UPDATE process_instances SET phase = ?, tokens = ?, interrupted_by = ? WHERE key = ?');
  const end = write(db, 'UPDATE process_instances SET phase = ?, tokens = ?, interrupted_by = ?, end_date = ? WHERE key = ?');
  return openRows<ProcessInstanceRow>({
    read: one(db, `SELECT ${columns} FROM process_instances WHERE key = ?`),
    insert: (row) => insert(row.key, row.processDefinitionKey, row.bpmnProcessId, row.parentProcessInstanceKey, row.parentElementInstanceKey, row.callDepth,
      row.phase, row.tokens, row.interruptedBy, row.startDate, row.endDate, row.tags, row.messageLock),
    update: (row, stored) => {
      const { key, phase, tokens, interruptedBy, endDate } = row;
      if (row.processDefinitionKey !== stored.processDefinitionKey) move(row.processDefinitionKey, row.bpmnProcessId, key);
      if (endDate !== stored.endDate) end(phase, tokens, interruptedBy, endDate, key);
      else if (phase !== stored.phase) setPhase(phase, tokens, interruptedBy, key);
      else if (tokens !== stored.tokens || interruptedBy !== stored.interruptedBy) setTokens(tokens, interruptedBy, key);
    },
  });
}
