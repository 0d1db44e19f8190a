// Reads of element instances, their scopes and the tokens that wait at joins.
import type { DatabaseSync } from 'node:sqlite';
import type { JsonValue } from '../expression/index.ts';
import type { Key } from '../keys.ts';
import type { InstanceRows } from '../processing/instance-rows.ts';
import { boundedCache } from '../store/bounded-cache.ts';
import { many, one } from '../store/statements.ts';
import type { WaitingPlace } from './records.ts';
import { elementInstanceColumns, type ElementInstanceRow } from './rows.ts';

export type { ElementInstanceRow };

export type ElementReads = {
  get(key: Key): ElementInstanceRow | undefined;
  /** Active instances directly in this scope, oldest first. */
  activeIn(scopeKey: Key): ElementInstanceRow[];
  /** The oldest two of them from that key on. */
  activeFrom(scopeKey: Key, key: Key): ElementInstanceRow[];
  /** The scopes seen from an element or process instance outwards: itself first, the process instance last. */
  scopesOf(key: Key): Key[];
  /** The items of a multi-instance body, kept at hand: reading thousands for each of them takes long. */
  itemsOf(bodyKey: Key): readonly JsonValue[];
  /** After a rollback: what was kept at hand may never have been. */
  forget(): void;
  /** Whether the worker of an ad-hoc sub-process wants no more of it. */
  isFulfilled(adHocKey: Key): boolean;
  /** Ids of the flows on which a token waits at this join. */
  waitingFlows(scopeKey: Key, elementId: string): string[];
  /** Where tokens wait in this scope. */
  waitingIn(scopeKey: Key): WaitingPlace[];
};

/** Multi-instance bodies whose items are kept in memory. */
const BODIES_AT_HAND = 16;

/** Along the index of its process instance, which is the scope itself unless an element is. */
const activeIn = `process_instance_key = coalesce((SELECT e.process_instance_key FROM element_instances e WHERE e.key = ?1), ?1) AND end_date IS NULL AND scope_key = ?1`;

export function readElements(db: DatabaseSync, rows: InstanceRows): ElementReads {
  const { get } = rows.elements;
  const waiting = many<{ flowId: string }>(db, 'SELECT flow_id AS flowId FROM waiting_tokens WHERE scope_key = ? AND element_id = ? AND count > 0');
  const items = one<{ items: string }>(db, 'SELECT items FROM multi_instances WHERE element_instance_key = ?');
  const itemsByBody = boundedCache<Key, readonly JsonValue[]>(BODIES_AT_HAND);
  const waitingIn = many<WaitingPlace>(db, 'SELECT element_id AS elementId, flow_id AS flowId FROM waiting_tokens WHERE scope_key = ? AND count > 0');
  const fulfilled = one<{ key: Key }>(db, 'SELECT element_instance_key AS key FROM fulfilled_ad_hoc_sub_processes WHERE element_instance_key = ?');
  return {
    get,
    isFulfilled: (adHocKey) => fulfilled(adHocKey) !== undefined,
    itemsOf: (bodyKey) => {
      const known = itemsByBody.get(bodyKey);
      if (known !== undefined) return known;
      const read = JSON.parse(items(bodyKey)?.items ?? '[]') as JsonValue[];
      itemsByBody.set(bodyKey, read);
      return read;
    },
    forget: () => itemsByBody.clear(),
    waitingIn,
    activeIn: rows.written(many<ElementInstanceRow>(db, `SELECT ${elementInstanceColumns} FROM element_instances WHERE ${activeIn} ORDER BY key`)),
    activeFrom: rows.written(many<ElementInstanceRow>(db, `SELECT ${elementInstanceColumns} FROM element_instances WHERE ${activeIn} AND key >= ? ORDER BY key LIMIT 2`)),
    scopesOf: (key) => {
      const scopes = [key];
      let next = get(key);
      while (next !== undefined) {
        scopes.push(next.scopeKey);
        next = next.scopeKey === next.processInstanceKey ? undefined : get(next.scopeKey);
      }
      return scopes;
    },
    waitingFlows: (scopeKey, elementId) => waiting(scopeKey, elementId).map((row) => row.flowId),
  };
}
