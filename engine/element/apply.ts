// Changes element instances and moves tokens.
import type { DatabaseSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import type { Appliers } from '../processing/appliers.ts';
import type { InstanceRows } from '../processing/instance-rows.ts';
import { write } from '../store/statements.ts';
import type { Phase } from './lifecycle.ts';
import type { ElementEvent } from './records.ts';

/** A process instance, or an element instance in which others run. */
type Scope = { readonly tokens: number; readonly interruptedBy: string | null };

export function elementAppliers(db: DatabaseSync, { elements, processInstances }: InstanceRows): Appliers<ElementEvent> {
  const changeScope = (scopeKey: Key, processInstanceKey: Key, changed: <Row extends Scope>(row: Row) => Row) => {
    if (scopeKey === processInstanceKey) processInstances.change(scopeKey, changed);
    else elements.change(scopeKey, changed);
  };
  const addTokens = (scopeKey: Key, processInstanceKey: Key, count: number) => {
    if (count !== 0) changeScope(scopeKey, processInstanceKey, (row) => ({ ...row, tokens: row.tokens + count }));
  };
  const setPhase = (key: Key, phase: Phase) => elements.change(key, (row) => ({ ...row, phase }));
  const end = (key: Key, phase: Phase, endDate: number) => elements.change(key, (row) => ({ ...row, phase, endDate }));
  const fulfil = write(db, 'INSERT OR IGNORE INTO fulfilled_ad_hoc_sub_processes (element_instance_key) VALUES (?)');
  const moveToken = write(db, 'UPDATE waiting_tokens SET element_id = ?, flow_id = ? WHERE scope_key = ? AND element_id = ? AND flow_id = ?');
  const rememberFlow = write(db, 'INSERT OR IGNORE INTO taken_sequence_flows (process_instance_key, flow_id) VALUES (?, ?)');
  const wait = write(db, `INSERT INTO waiting_tokens (scope_key, element_id, flow_id, count) VALUES (?, ?, ?, 1)
    ON CONFLICT DO UPDATE SET count = count + 1`);
  const join = write(db, 'UPDATE waiting_tokens SET count = count - 1 WHERE scope_key = ? AND element_id = ? AND flow_id = ?');
  const forgetJoin = write(db, 'DELETE FROM waiting_tokens WHERE scope_key = ? AND element_id = ? AND count = 0');
  const insertItems = write(db, 'INSERT OR REPLACE INTO multi_instances (element_instance_key, items) VALUES (?, ?)');
  const forgetWaiting = write(db, 'DELETE FROM waiting_tokens WHERE scope_key = ?');
  return {
    'element.activating': (event, at) => {
      const { key, processInstanceKey, processDefinitionKey, elementId, scopeKey, tokens, loopCounter = null } = event;
      elements.add({ key, processInstanceKey, processDefinitionKey, elementId, scopeKey, phase: 'ACTIVATING', tokens, loopCounter, interruptedBy: null, startDate: at, endDate: null });
      if (event.joined === undefined) return;
      for (const flowId of event.joined) join(event.scopeKey, event.elementId, flowId);
      forgetJoin(event.scopeKey, event.elementId);
      addTokens(event.scopeKey, event.processInstanceKey, 1 - event.joined.length);
    },
    'element.activated': (event) => setPhase(event.key, 'ACTIVATED'),
    'element.completing': (event) => setPhase(event.key, 'COMPLETING'),
    'element.completed': (event, at) => {
      end(event.key, 'COMPLETED', at);
      addTokens(event.scopeKey, event.processInstanceKey, event.flows.length - 1);
      for (const flow of event.flows) {
        if (flow.flowId === null) continue;
        rememberFlow(event.processInstanceKey, flow.flowId);
        if (flow.waitsAt !== undefined) wait(event.scopeKey, flow.waitsAt, flow.flowId);
      }
    },
    'element.terminating': (event) => setPhase(event.key, 'TERMINATING'),
    'element.terminated': (event, at) => end(event.key, 'TERMINATED', at),
    'token.added': (event) => addTokens(event.scopeKey, event.processInstanceKey, 1),
    'multi-instance.started': (event) => {
      insertItems(event.key, JSON.stringify(event.items));
      elements.change(event.key, (row) => ({ ...row, tokens: row.tokens + event.tokens }));
    },
    'scope.interrupted': ({ scopeKey, processInstanceKey, by }) => {
      changeScope(scopeKey, processInstanceKey, (row) => ({ ...row, tokens: 1, interruptedBy: by }));
      forgetWaiting(scopeKey);
    },
    'token.removed': (event) => addTokens(event.scopeKey, event.processInstanceKey, -1),
    'ad-hoc.fulfilled': (event) => fulfil(event.key),
    'element.migrated': ({ key, processDefinitionKey, elementId }) => elements.change(key, (row) => ({ ...row, processDefinitionKey, elementId })),
    'waiting-token.migrated': ({ scopeKey, from, to }) => moveToken(to.elementId, to.flowId, scopeKey, from.elementId, from.flowId),
  };
}
