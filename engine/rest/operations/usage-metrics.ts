// Usage between two instants, counted from the rows.
import { z } from 'zod';
import type { DatabaseSync } from 'node:sqlite';
import { json } from '../answer.ts';
import { operation } from '../operation.ts';
import { dateTime, tenantOf } from '../request/fields.ts';
import { prepared } from '../search/prepared.ts';
import { numberAt, TENANT_ID } from '../search/row.ts';

const range = z.object({ startTime: dateTime, endTime: dateTime, tenantId: tenantOf('GetUsageMetrics'), withTenants: z.enum(['true', 'false']).optional() });

export const usageMetricsOperations = [
  operation({
    operationId: 'getUsageMetrics', method: 'GET', path: '/system/usage-metrics', query: range,
    note: '`assignees` are those who hold, or held to its end, a task that was open at some time of it',
    answer: ({ db, query: { startTime, endTime, withTenants } }) => {
      const counts = countUsage(db, startTime, endTime);
      return json({ ...counts, activeTenants: 1, ...(withTenants === 'true' ? { tenants: { [TENANT_ID]: counts } } : {}) });
    },
  }),
];

/** Both ends included. */
function countUsage(db: DatabaseSync, from: number, to: number): object {
  const row = prepared(db, `SELECT
      (SELECT count(*) FROM process_instances WHERE parent_process_instance_key IS NULL AND start_date BETWEEN ?1 AND ?2) AS process_instances,
      (SELECT count(*) FROM decision_instances WHERE evaluated_at BETWEEN ?1 AND ?2) AS decision_instances,
      (SELECT count(DISTINCT assignee) FROM user_tasks WHERE assignee IS NOT NULL AND creation_date <= ?2 AND coalesce(completion_date, ?2) >= ?1) AS assignees`).get(from, to);
  if (row === undefined) throw new Error('A count has a row.');
  return { processInstances: numberAt(row, 'process_instances'), decisionInstances: numberAt(row, 'decision_instances'), assignees: numberAt(row, 'assignees') };
}
