// Writes element instances and moves tokens.
import type { DatabaseSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import type { Appliers } from '../processing/appliers.ts';
import { write } from '../store/statements.ts';
import type { ElementEvent } from './records.ts';

export function elementAppliers(db: DatabaseSync): Appliers<ElementEvent> {
  const insert = write(db, `INSERT INTO element_instances
    (key, process_instance_key, process_definition_key, element_id, scope_key, phase, tokens, loop_counter, start_date) VALUES (?, ?, ?, ?, ?, 'ACTIVATING', ?, ?, ?)`);
  const setPhase = write(db, 'UPDATE element_instances SET phase = ? WHERE key = ?');
  const end = write(db, 'UPDATE element_instances SET phase = ?, end_date = ? WHERE key = ?');
  const addToSubProcess = write(db, 'UPDATE element_instances SET tokens = tokens + ? WHERE key = ?');
  const addToProcess = write(db, 'UPDATE process_instances SET tokens = tokens + ? WHERE key = ?');
  const addTokens = (scopeKey: Key, processInstanceKey: Key, count: number) => {
    if (count !== 0) (scopeKey === processInstanceKey ? addToProcess : addToSubProcess)(count, scopeKey);
  };
  const fulfil = write(db, 'INSERT OR IGNORE INTO fulfilled_ad_hoc_sub_processes (element_instance_key) VALUES (?)');
  const migrate = write(db, 'UPDATE element_instances SET process_definition_key = ?, element_id = ? WHERE key = ?');
  const moveToken = write(db, 'UPDATE waiting_tokens SET element_id = ?, flow_id = ? WHERE scope_key = ? AND element_id = ? AND flow_id = ?');
  const rememberFlow = write(db, 'INSERT OR IGNORE INTO taken_sequence_flows (process_instance_key, flow_id) VALUES (?, ?)');
  const wait = write(db, `INSERT INTO waiting_tokens (scope_key, element_id, flow_id, count) VALUES (?, ?, ?, 1)
    ON CONFLICT DO UPDATE SET count = count + 1`);
  const join = write(db, 'UPDATE waiting_tokens SET count = count - 1 WHERE scope_key = ? AND element_id = ? AND flow_id = ?');
  const forgetJoin = write(db, 'DELETE FROM waiting_tokens WHERE scope_key = ? AND element_id = ? AND count = 0');
  const insertItems = write(db, 'INSERT OR REPLACE INTO multi_instances (element_instance_key, items) VALUES (?, ?)');
  const interruptElement = write(db, 'UPDATE element_instances SET tokens = 1, interrupted_by = ? WHERE key = ?');
  const interruptProcess = write(db, 'UPDATE process_instances SET tokens = 1, interrupted_by = ? WHERE key = ?');
  const forgetWaiting = write(db, 'DELETE FROM waiting_tokens WHERE scope_key = ?');
  return {
    'element.activating': (event, at) => {
      insert(event.key, event.processInstanceKey, event.processDefinitionKey, event.elementId, event.scopeKey, event.tokens, event.loopCounter ?? null, at);
      if (event.joined === undefined) return;
      for (const flowId of event.joined) join(event.scopeKey, event.elementId, flowId);
      forgetJoin(event.scopeKey, event.elementId);
      addTokens(event.scopeKey, event.processInstanceKey, 1 - event.joined.length);
    },
    'element.activated': (event) => setPhase('ACTIVATED', event.key),
    'element.completing': (event) => setPhase('COMPLETING', event.key),
    'element.completed': (event, at) => {
      end('COMPLETED', at, event.key);
      addTokens(event.scopeKey, event.processInstanceKey, event.flows.length - 1);
      for (const flow of event.flows) {
        if (flow.flowId === null) continue;
        rememberFlow(event.processInstanceKey, flow.flowId);
        if (flow.waitsAt !== undefined) wait(event.scopeKey, flow.waitsAt, flow.flowId);
      }
    },
    'element.terminating': (event) => setPhase('TERMINATING', event.key),
    'element.terminated': (event, at) => end('TERMINATED', at, event.key),
    'token.added': (event) => addTokens(event.scopeKey, event.processInstanceKey, 1),
    'multi-instance.started': (event) => {
      insertItems(event.key, JSON.stringify(event.items));
      addToSubProcess(event.tokens, event.key);
    },
    'scope.interrupted': (event) => {
      (event.scopeKey === event.processInstanceKey ? interruptProcess : interruptElement)(event.by, event.scopeKey);
      forgetWaiting(event.scopeKey);
    },
    'token.removed': (event) => addTokens(event.scopeKey, event.processInstanceKey, -1),
    'ad-hoc.fulfilled': (event) => fulfil(event.key),
    'element.migrated': (event) => migrate(event.processDefinitionKey, event.elementId, event.key),
    'waiting-token.migrated': ({ scopeKey, from, to }) => moveToken(to.elementId, to.flowId, scopeKey, from.elementId, from.flowId),
  };
}
