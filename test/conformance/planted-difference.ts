// The guard's guard: our engine gets another diagram, or other variables, so that a comparison without a finding proves itself blind.
import { otherwise, process, when } from './scenario/diagram.ts';
import { end, exclusive, start } from './scenario/elements.ts';
import type { Scenario, Step } from './scenario/scenario.ts';

const diagram = (condition: string) => process('p', [start(), exclusive('gw'), end('a'), end('b')], ['start > gw', when('gw', 'a', condition), otherwise('gw', 'b')]);

export const plantedDifference: { readonly scenario: Scenario; readonly alter: (step: Step) => Step } = {
  scenario: { name: 'a planted difference', feature: 'guard', steps: [{ do: 'deploy', resources: [diagram('=x > 10')] }, { do: 'create', process: 'p', variables: { x: 10 } }] },
  alter: (step) => (step.do === 'deploy' ? { do: 'deploy', resources: [diagram('=x >= 10')] } : step),
};

/** For random processes: what a job brings does not reach our engine. */
export const plantedInRandom = (step: Step): Step => (step.do === 'complete-job' ? { do: 'complete-job', type: step.type } : step);
