// How many instances of each element are active, stuck, completed and cancelled.
import type { DatabaseSync } from 'node:sqlite';
import { json, type Answer } from '../answer.ts';
import type { Condition } from '../search/condition.ts';
import { numberAt, textAt } from '../search/row.ts';
import { INSTANCE_ROWS } from './process-instance-rows.ts';
import { STUCK } from './stuck.ts';
import { prepared } from '../search/prepared.ts';

/** Counts per element of one definition or one instance; `instances` narrows the process instances. */
export function elementStatistics(
  db: DatabaseSync,
  of: { readonly column: 'process_definition_key' | 'process_instance_key'; readonly key: number },
  instances?: Condition,
): Answer {
  const narrowed = instances === undefined ? '' : `AND e.process_instance_key IN (SELECT t.key FROM ${INSTANCE_ROWS} WHERE ${instances.sql})`;
  const rows = prepared(db, `
      SELECT e.element_id,
        sum(e.state = 'ACTIVE' AND e.key NOT IN ${STUCK}) AS active,
        sum(e.state = 'ACTIVE' AND e.key IN ${STUCK}) AS incidents,
        sum(e.state = 'COMPLETED') AS completed,
        sum(e.state = 'TERMINATED') AS canceled
      FROM element_instances e WHERE e.${of.column} = ? ${narrowed} GROUP BY e.element_id ORDER BY e.element_id`)
    .all(of.key, ...(instances?.parameters ?? []));
  return json({
    items: rows.map((row) => ({
      elementId: textAt(row, 'element_id'),
      active: numberAt(row, 'active'),
      canceled: numberAt(row, 'canceled'),
      incidents: numberAt(row, 'incidents'),
      completed: numberAt(row, 'completed'),
    })),
  });
}
