// All scenarios that both engines are compared on.
import type { Scenario } from '../scenario/scenario.ts';
import { flowScenarios } from './flow.ts';

export const corpus: readonly Scenario[] = [...flowScenarios];
