// Writes jobs. `phase` is what may happen next, `state` what happened last.
import type { DatabaseSync } from 'node:sqlite';
import type { Appliers } from '../processing/appliers.ts';
import { write } from '../store/statements.ts';
import type { JobPhase } from './state.ts';
import type { JobEvent } from './records.ts';

export function jobAppliers(db: DatabaseSync): Appliers<JobEvent> {
  const insert = write(db, `INSERT INTO jobs (key, type, process_instance_key, process_definition_key, bpmn_process_id, element_id,
    element_instance_key, phase, state, retries, custom_headers, created_at, kind, listener_event, listener_index)
    VALUES (?, ?, ?, ?, ?, ?, ?, 'ACTIVATABLE', 'CREATED', ?, ?, ?, ?, ?, ?)`);
  const activate = write(db, `UPDATE jobs SET phase = 'ACTIVATED', worker = ?, due_at = ? WHERE key = ?`);
  const end = write(db, `UPDATE jobs SET phase = 'DONE', state = ?, due_at = NULL, end_date = ? WHERE key = ?`);
  const deny = write(db, 'UPDATE jobs SET denied_reason = ? WHERE key = ?');
  const fail = write(db, `UPDATE jobs SET phase = ?, state = 'FAILED', retries = ?, error_message = ?, due_at = ? WHERE key = ?`);
  const throwError = write(db, `UPDATE jobs SET phase = ?, state = 'ERROR_THROWN', error_code = ?, error_message = ?, due_at = NULL, end_date = ? WHERE key = ?`);
  const offer = write(db, `UPDATE jobs SET phase = 'ACTIVATABLE', state = ?, due_at = NULL WHERE key = ?`);
  const offerAgain = write(db, `UPDATE jobs SET phase = 'ACTIVATABLE', due_at = NULL WHERE key = ?`);
  const withhold = write(db, `UPDATE jobs SET phase = 'STUCK' WHERE key = ?`);
  const setRetries = write(db, `UPDATE jobs SET retries = ?, state = CASE phase WHEN 'DONE' THEN state ELSE 'RETRIES_UPDATED' END WHERE key = ?`);
  const setDue = write(db, 'UPDATE jobs SET due_at = ? WHERE key = ?');
  const migrate = write(db, `UPDATE jobs SET process_definition_key = ?, bpmn_process_id = ?, element_id = ?, state = 'MIGRATED' WHERE key = ?`);
  return {
    'job.migrated': (event) => migrate(event.processDefinitionKey, event.bpmnProcessId, event.elementId, event.key),
    'job.created': (event, at) =>
      insert(event.key, event.jobType, event.processInstanceKey, event.processDefinitionKey, event.bpmnProcessId, event.elementId,
        event.elementInstanceKey, event.retries, event.customHeaders, at,
        event.listener?.kind ?? 'BPMN_ELEMENT', event.listener?.event ?? 'UNSPECIFIED', event.listener?.index ?? null),
    'jobs.activated': (event) => {
      for (const key of event.keys) activate(event.worker, event.deadline, key);
    },
    'job.completed': (event, at) => {
      end('COMPLETED', at, event.key);
      if (event.deniedReason !== undefined) deny(event.deniedReason, event.key);
    },
    'job.canceled': (event, at) => end('CANCELED', at, event.key),
    'job.failed': (event) => fail(phaseAfterFailure(event), event.retries, event.errorMessage, event.recurAt, event.key),
    'job.error-thrown': (event, at) =>
      throwError(event.stuck ? 'STUCK' : 'DONE', event.errorCode, event.errorMessage, event.stuck ? null : at, event.key),
    'job.withheld': (event) => withhold(event.key),
    'job.timed-out': (event) => offer('TIMED_OUT', event.key),
    'job.recurred': (event) => offerAgain(event.key),
    'job.freed': (event) => offerAgain(event.key),
    'job.retries-updated': (event) => setRetries(event.retries, event.key),
    'job.timeout-updated': (event) => setDue(event.deadline, event.key),
  };
}

function phaseAfterFailure(event: { readonly retries: number; readonly recurAt: number | null }): JobPhase {
  if (event.retries <= 0) return 'STUCK';
  return event.recurAt === null ? 'ACTIVATABLE' : 'BACKING_OFF';
}
