// Job worker `escalate-review`: when a review is overdue, its open tasks are also offered to the adjudicators, ahead of others.
import { z } from 'zod';
import { CaseReceived, Variables } from '../processes/anomaly-routing/variables.ts';
import { ProcessInstanceKey } from './client.ts';
import { engineStatus } from './engine-status.ts';
import { defineWorker, type Tools } from './runtime/worker-definition.ts';

/** Of user tasks; 50 is the usual. The inbox marks a task as escalated from here. */
export const escalatedPriority = 80;

export const escalateReview = defineWorker({
  type: 'escalate-review',
  input: CaseReceived.pick({ caseId: true }).extend(Variables.pick({ reviewGroup: true, adjudicatorGroup: true }).shape),
  output: z.object({}),
  errors: [],

  async handle({ reviewGroup, adjudicatorGroup }, tools) {
    const { client, job } = tools;
    const open = await client.searchUserTasks(
      { filter: { processInstanceKey: ProcessInstanceKey.assumeExists(job.processInstanceKey), state: 'CREATED' } },
      { consistency: { waitUpToMs: 0 } },
    );
    for (const task of open.items ?? []) {
      if (task.userTaskKey !== undefined) await escalate(task.userTaskKey, [...new Set([reviewGroup, adjudicatorGroup])], tools);
    }
    return {};
  },
});

/** A task that was answered in the meantime needs no escalation. */
async function escalate(userTaskKey: Parameters<Tools['client']['updateUserTask']>[0]['userTaskKey'], candidateGroups: string[], { client }: Tools): Promise<void> {
  try {
    await client.updateUserTask({ userTaskKey, changeset: { candidateGroups, priority: escalatedPriority }, action: 'escalate' });
  } catch (error) {
    const status = engineStatus(error);
    if (status !== 404 && status !== 409) throw error;
  }
}
