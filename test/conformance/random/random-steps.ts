// Chooses what to do next with a random process: one of the things that its state allows.
import { byKey, type Facts } from '../driver/facts.ts';
import type { Step } from '../scenario/scenario.ts';

/** `choice` is any number; the same number in the same state is the same step. Undefined when nothing can be done. */
export function nextStep(facts: Facts, choice: number): Step | undefined {
  if (!facts.instances.some(({ state }) => state === 'ACTIVE')) return undefined;
  const possible = [...jobSteps(facts, choice), ...taskSteps(facts, choice), ...otherSteps(facts, choice)];
  return possible[choice % Math.max(1, possible.length)];
}

/** One variable, drawn from the choice. */
function someVariable(choice: number): Record<string, unknown> {
  const value = [0, 1, 2, 3, null, 'text'][Math.floor(choice / 7) % 6];
  return Math.floor(choice / 3) % 2 === 0 ? { x: value } : { y: value };
}

function jobSteps(facts: Facts, choice: number): Step[] {
  const open = facts.jobs.filter(({ state }) => ['CREATED', 'FAILED', 'TIMED_OUT', 'RETRIES_UPDATED'].includes(state));
  const variables = someVariable(choice);
  return [...new Set(open.map(({ type }) => type))].flatMap((type): Step[] => [
    { do: 'complete-job', type, variables }, { do: 'complete-job', type }, { do: 'complete-job', type, variables: { x: 2, y: true } },
    ...throwError(type, choice),
    { do: 'fail-job', type, retries: choice % 2, variables, ...(choice % 5 === 0 ? { backOff: 60_000 } : {}) },
  ]);
}

/** Not from a message throw event: there Zeebe 8.8.21 fails inside (PROCESSING_ERROR), ours lets the error be thrown. */
function throwError(type: string, choice: number): Step[] {
  return /^(throw|stop)/.test(type) ? [] : [{ do: 'throw-error', type, code: choice % 2 === 0 ? 'E1' : 'E2', variables: someVariable(choice) }];
}

function taskSteps(facts: Facts, choice: number): Step[] {
  const active = facts.elements.filter(({ state }) => state === 'ACTIVE');
  return facts.userTasks.flatMap(({ elementInstance, state }): Step[] => {
    const element = active.find(({ key }) => key === elementInstance)?.element;
    if (state !== 'CREATED' || element === undefined) return [];
    const finish: Step[] = [{ do: 'complete-task', element, variables: someVariable(choice) }, { do: 'complete-task', element }];
    return choice % 7 === 0 ? [...finish, { do: 'assign-task', element, assignee: 'ada', allowOverride: choice % 2 === 0 }] : finish;
  });
}

function otherSteps(facts: Facts, choice: number): Step[] {
  const steps: Step[] = [];
  const variables = someVariable(choice);
  for (const name of new Set(facts.subscriptions.filter(({ state }) => state === 'CREATED').map(({ message }) => message))) {
    steps.push({ do: 'publish', name, correlationKey: 'key', variables, timeToLive: choice % 2 === 0 ? 0 : 60_000 });
    if (choice % 3 === 0) steps.push({ do: 'correlate', name, correlationKey: 'key', variables });
  }
  if (facts.timers.length > 0 || facts.jobs.some(({ state }) => state === 'FAILED')) steps.push({ do: 'move-clock', seconds: 3601 });
  for (const { element, state, ofJob, elementInstance } of facts.incidents) {
    if (state !== 'ACTIVE') continue;
    const type = facts.jobs.find((job) => job.elementInstance === elementInstance)?.type;
    if (ofJob && type !== undefined) steps.push({ do: 'update-retries', type, retries: 1 });
    steps.push({ do: 'resolve-incident', element }, { do: 'set-variables', variables: { x: 2, y: true } });
  }
  const inside = facts.elements.findLast(({ type }) => type.endsWith('TASK'))?.element;
  for (const place of adHocPlaces(facts)) {
    if (inside !== undefined) steps.push({ do: 'activate-in-ad-hoc', element: place, elements: [{ element: inside, variables }], cancelRemaining: choice % 4 === 0 });
  }
  if (facts.elements.length > 0) steps.push({ do: 'broadcast', signal: 'ring', variables });
  if (choice % 11 === 0) steps.push({ do: 'cancel' });
  if (choice % 13 === 0) steps.push({ do: 'set-variables', variables });
  return steps;
}

/** Not the body of multi-instance, which has the same id: Zeebe 8.8.21 would end its inner instances and begin one beside them. */
function adHocPlaces({ elements }: Facts): string[] {
  const active = byKey(elements.filter(({ state }) => state === 'ACTIVE'));
  return active.filter(({ type }) => type === 'AD_HOC_SUB_PROCESS').map((row) => `${row.element}#${active.filter(({ element }) => element === row.element).indexOf(row) + 1}`);
}
