// Chooses what to do next with a random process: one of the things that its state allows.
import type { Facts } from '../driver/facts.ts';
import type { Step } from '../scenario/scenario.ts';

/** `choice` is any number; the same number in the same state is the same step. Undefined when nothing can be done. */
export function nextStep(facts: Facts, choice: number): Step | undefined {
  const possible = possibleSteps(facts, choice);
  return possible[choice % Math.max(1, possible.length)];
}

function possibleSteps(facts: Facts, choice: number): Step[] {
  if (!facts.instances.some(({ state }) => state === 'ACTIVE')) return [];
  const value = [0, 1, 2, 3, null, 'text'][Math.floor(choice / 7) % 6];
  const variables = Math.floor(choice / 3) % 2 === 0 ? { x: value } : { y: value };
  const steps: Step[] = [];
  const open = facts.jobs.filter(({ state }) => ['CREATED', 'FAILED', 'TIMED_OUT', 'RETRIES_UPDATED'].includes(state));
  for (const type of new Set(open.map((job) => job.type))) {
    steps.push({ do: 'complete-job', type, variables }, { do: 'complete-job', type }, { do: 'complete-job', type, variables: { x: 2, y: true } });
    steps.push({ do: 'throw-error', type, code: choice % 2 === 0 ? 'E1' : 'E2', variables }, { do: 'fail-job', type, retries: choice % 2, variables });
  }
  const active = facts.elements.filter(({ state }) => state === 'ACTIVE');
  for (const { elementInstance, state } of facts.userTasks) {
    const element = active.find(({ key }) => key === elementInstance)?.element;
    if (state === 'CREATED' && element !== undefined) steps.push({ do: 'complete-task', element, variables }, { do: 'complete-task', element });
  }
  if (facts.subscriptions.some(({ state }) => state === 'CREATED')) steps.push({ do: 'publish', name: 'go', correlationKey: 'key', variables, timeToLive: choice % 2 === 0 ? 0 : 60_000 });
  if (facts.timers.length > 0) steps.push({ do: 'move-clock', seconds: 3601 });
  for (const { element, state, ofJob, elementInstance } of facts.incidents) {
    if (state !== 'ACTIVE') continue;
    const type = facts.jobs.find((job) => job.elementInstance === elementInstance)?.type;
    if (ofJob && type !== undefined) steps.push({ do: 'update-retries', type, retries: 1 });
    steps.push({ do: 'resolve-incident', element }, { do: 'set-variables', variables: { x: 2, y: true } });
  }
  if (choice % 11 === 0) steps.push({ do: 'cancel' });
  return steps;
}
