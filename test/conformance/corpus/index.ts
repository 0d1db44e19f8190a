// All scenarios that both engines are compared on.
import type { Scenario } from '../scenario/scenario.ts';
import { adHocScenarios } from './ad-hoc.ts';
import { bindingScenarios } from './bindings.ts';
import { compensationScenarios } from './compensation.ts';
import { dataScenarios } from './data.ts';
import { deploymentScenarios } from './deployments.ts';
import { endingScenarios } from './endings.ts';
import { eventSubProcessScenarios } from './event-sub-processes.ts';
import { flowScenarios } from './flow.ts';
import { gatewayScenarios } from './gateways.ts';
import { incidentScenarios } from './incidents.ts';
import { instanceScenarios } from './instances.ts';
import { jobScenarios } from './jobs.ts';
import { listenerScenarios } from './listeners.ts';
import { messageScenarios } from './messages.ts';
import { migrationScenarios } from './migration.ts';
import { multiInstanceScenarios } from './multi-instance.ts';
import { peopleScenarios } from './people.ts';
import { resourceScenarios } from './resources.ts';
import { scopeScenarios } from './scopes.ts';
import { signalScenarios } from './signals.ts';
import { throwingAtOnceScenarios } from './throwing-at-once.ts';
import { timerScenarios } from './timers.ts';
import { userTasksByWorkersScenarios } from './user-tasks-by-workers.ts';

export const corpus: readonly Scenario[] = [
  ...flowScenarios, ...dataScenarios, ...jobScenarios, ...scopeScenarios, ...messageScenarios, ...timerScenarios, ...peopleScenarios, ...deploymentScenarios,
  ...gatewayScenarios, ...signalScenarios, ...eventSubProcessScenarios, ...compensationScenarios, ...multiInstanceScenarios, ...listenerScenarios,
  ...adHocScenarios, ...bindingScenarios, ...instanceScenarios, ...migrationScenarios, ...incidentScenarios, ...resourceScenarios, ...endingScenarios, ...userTasksByWorkersScenarios, ...throwingAtOnceScenarios,
];
