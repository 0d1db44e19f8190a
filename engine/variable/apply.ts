// Writes variables.
import type { DatabaseSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import type { Appliers } from '../processing/appliers.ts';
import { one, write } from '../store/statements.ts';
import type { VariableEvent } from './records.ts';

export function variableAppliers(db: DatabaseSync): Appliers<VariableEvent> {
  const insert = write(db, 'INSERT INTO variables (key, scope_key, process_instance_key, name, value) VALUES (?, ?, ?, ?, ?)');
  const update = write(db, 'UPDATE variables SET value = ? WHERE key = ?');
  const stored = one<{ value: string }>(db, 'SELECT value FROM variables WHERE key = ?');
  const shown = one<{ value: string }>(db, 'SELECT value FROM variable_values WHERE key = ?');
  const insertItem = write(db, 'INSERT INTO variable_items (variable_key, position, value) VALUES (?, ?, ?)');
  const updateItem = write(db, 'UPDATE variable_items SET value = ? WHERE variable_key = ? AND position = ?');
  const deleteItems = write(db, 'DELETE FROM variable_items WHERE variable_key = ?');
  const keepItemsAsRows = (key: Key, list: string) => {
    const items = JSON.parse(list) as unknown[];
    for (const [index, item] of items.entries()) insertItem(key, index + 1, JSON.stringify(item));
    update('', key);
  };
  const keepWhole = (key: Key, value: string) => {
    deleteItems(key);
    update(value, key);
  };
  return {
    'variable.created': (event) => insert(event.key, event.scopeKey, event.processInstanceKey, event.name, event.value),
    'variable.updated': (event) => keepWhole(event.key, event.value),
    'variable.item-updated': ({ key, position, value }) => {
      const list = stored(key)?.value ?? '';
      if (list !== '') keepItemsAsRows(key, list);
      updateItem(value, key, position);
    },
    'variable.collected': ({ key }) => {
      const whole = shown(key);
      if (whole !== undefined) keepWhole(key, whole.value);
    },
  };
}
