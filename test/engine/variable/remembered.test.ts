// What a batch remembers of variables is what the store holds, whatever is applied meanwhile.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { beforeEach, expect, test, vi } from 'vitest';
import { variableAppliers } from '../../../engine/variable/apply.ts';
import { rememberVariables, type RememberedVariables } from '../../../engine/variable/remembered.ts';
import type { VariableEvent } from '../../../engine/variable/records.ts';
import { createRandom } from '../../harness/random.ts';

const engine = join(import.meta.dirname, '../../../engine');
let db: DatabaseSync;
let remembered: RememberedVariables;
let happen: (event: VariableEvent) => void;

beforeEach(() => {
  db = new DatabaseSync(':memory:');
  db.exec(readFileSync(join(engine, 'schema.sql'), 'utf8'));
  remembered = rememberVariables(db);
  const appliers = variableAppliers(db);
  happen = (event) => {
    (appliers[event.type] as (event: VariableEvent, at: number) => void)(event, 0);
    remembered.noted(event);
  };
});

const allStored = (scopeKey: number) => db.prepare('SELECT name, value FROM variable_values WHERE scope_key = ? ORDER BY name').all(scopeKey);
const allOf = (scopeKey: number) => remembered.allOf(scopeKey).map(({ name, value }) => ({ name, value }));
const stored = (scopeKey: number, name: string) => db.prepare('SELECT key, value FROM variable_values WHERE scope_key = ? AND name = ?').get(scopeKey, name);

test('agrees with the store after every step of a random run, with few names in a scope and with many', () => {
  const random = createRandom(7);
  const keys = new Map<string, number>();
  for (let step = 0; step < 3_000; step++) {
    const scopeKey = 1 + Math.floor(random() * 4);
    // The first scope has more names than are kept.
    const name = `v${Math.floor(random() * (scopeKey === 1 ? 80 : 8))}`;
    const id = `${scopeKey}/${name}`;
    const value = JSON.stringify(random() < 0.05 ? 'x'.repeat(20_000) : random());
    const key = keys.get(id);
    if (random() < 0.3) {
      if (key === undefined) {
        keys.set(id, keys.size + 1);
        happen({ type: 'variable.created', key: keys.size, scopeKey, processInstanceKey: 1, name, value });
      } else happen({ type: 'variable.updated', key, value });
    }
    if (random() < 0.02) remembered.forget();
    expect(remembered.local(scopeKey, name)).toEqual(stored(scopeKey, name));
    if (random() < 0.1) expect(allOf(scopeKey)).toEqual(allStored(scopeKey));
  }
});

test('the store is not asked for the variables of what began in the batch, and has those that came since', () => {
  const reads = vi.spyOn(StatementSync.prototype, 'all');
  remembered.noted({ type: 'element.activating', key: 5, processInstanceKey: 1, processDefinitionKey: 2, elementId: 'e', scopeKey: 1, tokens: 0 });
  expect(allOf(5)).toEqual([]);
  happen({ type: 'variable.created', key: 8, scopeKey: 5, processInstanceKey: 1, name: 'z', value: '1' });
  happen({ type: 'variable.created', key: 9, scopeKey: 5, processInstanceKey: 1, name: 'a', value: '2' });
  const found = allOf(5);
  expect(reads).not.toHaveBeenCalled();
  reads.mockRestore();
  expect(found).toEqual(allStored(5));
});

test('a list that is collected item by item is read as it stands', () => {
  happen({ type: 'variable.created', key: 1, scopeKey: 1, processInstanceKey: 1, name: 'list', value: '[null,null]' });
  expect(remembered.local(1, 'list')?.value).toBe('[null,null]');
  happen({ type: 'variable.item-updated', key: 1, position: 2, value: '7' });
  expect(remembered.local(1, 'list')?.value).toBe('[null,7]');
});

test('only the appliers of variables and of history write variables', () => {
  const writers = readdirSync(engine, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && /(INTO|UPDATE|FROM) variables\b/.test(readFileSync(join(engine, path), 'utf8').replaceAll(/SELECT[^'`]*/g, '')))
    .toSorted();
  expect(writers).toEqual(['history/apply.ts', 'variable/apply.ts']);
});
