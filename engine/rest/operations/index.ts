// The table of operations: one line per group, in the order of the generated page.
import type { Operation } from '../operation.ts';
import { adHocSubProcessOperations } from './ad-hoc-sub-processes.ts';
import { batchOperationOperations } from './batch-operations.ts';
import { clockOperations } from './clock.ts';
import { clusterOperations } from './cluster.ts';
import { correlatedMessageOperations } from './correlated-messages.ts';
import { decisionInstanceOperations } from './decision-instances.ts';
import { decisionOperations } from './decisions.ts';
import { deploymentOperations } from './deployments.ts';
import { documentOperations } from './documents.ts';
import { elementInstanceOperations } from './element-instances.ts';
import { incidentOperations } from './incidents.ts';
import { jobOperations } from './jobs.ts';
import { messageOperations } from './messages.ts';
import { missingOperations } from './not-offered.ts';
import { processDefinitionOperations } from './process-definitions.ts';
import { processInstanceChangeOperations } from './process-instance-changes.ts';
import { processInstanceOperations } from './process-instances.ts';
import { signalOperations } from './signals.ts';
import { usageMetricsOperations } from './usage-metrics.ts';
import { userTaskOperations } from './user-tasks.ts';
import { variableOperations } from './variables.ts';

export const operations: readonly Operation[] = [
  ...clusterOperations,
  ...deploymentOperations,
  ...processDefinitionOperations,
  ...processInstanceOperations,
  ...processInstanceChangeOperations,
  ...jobOperations,
  ...userTaskOperations,
  ...messageOperations,
  ...correlatedMessageOperations,
  ...signalOperations,
  ...decisionOperations,
  ...decisionInstanceOperations,
  ...incidentOperations,
  ...variableOperations,
  ...elementInstanceOperations,
  ...adHocSubProcessOperations,
  ...batchOperationOperations,
  ...documentOperations,
  ...usageMetricsOperations,
  ...clockOperations,
  ...missingOperations,
];
