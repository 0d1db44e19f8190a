// Which process instances carry which case, for whoever compares them with cases kept elsewhere.
import type { DatabaseSync } from 'node:sqlite';

export type CaseInstance = { readonly caseId: string; readonly processInstanceKey: string; /** ACTIVE, COMPLETED or TERMINATED. */ readonly state: string };

/** Every instance of its own (not called by another) with a variable `caseId`, the oldest first. */
export function* caseInstances(db: DatabaseSync): Generator<CaseInstance> {
  const rows = db.prepare(`SELECT v.value, p.key, p.state FROM process_instances p JOIN variables v ON v.scope_key = p.key AND v.name = 'caseId'
    WHERE p.parent_process_instance_key IS NULL ORDER BY p.key`).iterate();
  for (const { value, key, state } of rows) {
    const caseId: unknown = JSON.parse(String(value));
    if (typeof caseId === 'string') yield { caseId, processInstanceKey: String(key), state: String(state) };
  }
}

/** The state of an instance; undefined when there is none. */
export function stateOfInstance(db: DatabaseSync): (processInstanceKey: string) => string | undefined {
  const find = db.prepare('SELECT state FROM process_instances WHERE key = ?');
  return (processInstanceKey) => {
    const state = find.get(Number(processInstanceKey))?.['state'];
    return state === undefined ? undefined : String(state);
  };
}
