// All scenarios that both engines are compared on.
import type { Scenario } from '../scenario/scenario.ts';
import { dataScenarios } from './data.ts';
import { deploymentScenarios } from './deployments.ts';
import { flowScenarios } from './flow.ts';
import { jobScenarios } from './jobs.ts';
import { messageScenarios } from './messages.ts';
import { peopleScenarios } from './people.ts';
import { scopeScenarios } from './scopes.ts';
import { timerScenarios } from './timers.ts';

export const corpus: readonly Scenario[] = [
  ...flowScenarios, ...dataScenarios, ...jobScenarios, ...scopeScenarios, ...messageScenarios, ...timerScenarios, ...peopleScenarios, ...deploymentScenarios,
];
