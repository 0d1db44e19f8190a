// What runs in an ad-hoc sub-process: activated by callers and workers, collected and counted when it is done.
import type { AdHocResult, JobCommand } from '../job/records.ts';
import type { JobRow } from '../job/state.ts';
import type { Key } from '../keys.ts';
import type { ElementOf } from '../model/executable.ts';
import { accept, reject } from '../processing/step.ts';
import type { Decide, Decision, Step } from '../processing/step.ts';
import type { Variables } from '../variable/records.ts';
import { propagate, writeLocally } from '../variable/write-variables.ts';
import type { View } from '../view.ts';
import { activateInner, unknownIds } from './ad-hoc-activation.ts';
import { evaluateAny, evaluateBoolean } from './evaluate.ts';
import { offerJob } from './job-work.ts';
import { isOver } from './lifecycle.ts';
import type { ActivateAdHocElements } from './records.ts';
import type { ElementInstanceRow } from './state.ts';
import { hold, releaseHeld } from './terminate.ts';
import { isFailure } from './visit.ts';
import type { Failure, Visit } from './visit.ts';
import { visitInstance } from './visit-instance.ts';

type AdHocModel = ElementOf<'AD_HOC_SUB_PROCESS'>['adHoc'];

/** What an activated element and all that followed from it leave behind; answers what the sub-process does next. */
export function completeAdHocInner(visit: Visit, { output, completionCondition, cancelsRemaining, job }: AdHocModel): Failure | (() => void) {
  const { view, step, instance } = visit;
  const adHoc = view.elements.get(instance.scopeKey);
  if (adHoc === undefined) throw new Error(`Inner instance ${instance.key} has no ad-hoc sub-process.`);
  const outer: Record<string, Variables[string]> = {};
  if (output !== null) {
    const value = evaluateAny(visit, output.element);
    if (isFailure(value)) return value;
    const before = view.variables.visible([adHoc.key], output.collection);
    outer[output.collection] = [...(Array.isArray(before) ? before : []), value.found.value];
    writeLocally(view, step, { scopeKey: adHoc.key, processInstanceKey: adHoc.processInstanceKey }, outer);
  }
  const asked = job === undefined || view.elements.isFulfilled(adHoc.key) ? undefined : askAgain(visit, adHoc, job);
  if (isFailure(asked)) return asked;
  const isEnough = completionCondition === null ? undefined : evaluateBoolean(visit, completionCondition, (name) => (Object.hasOwn(outer, name) ? outer[name] : visit.readOuter(name)));
  if (isFailure(isEnough)) return isEnough;
  return () => {
    if (asked !== undefined || isEnough === false) return;
    const ends = isEnough === true && cancelsRemaining;
    if (ends && endAll(visit, adHoc, instance.key)) return hold(step, adHoc.key, [completionOf(adHoc)]);
    if (adHoc.tokens > 1) return;
    releaseHeld(view, step, adHoc.key);
    step.followUps.push(completionOf(adHoc));
  };
}

/** The worker is asked anew whenever something is done; its earlier job, when it is still open, is out of date. */
function askAgain({ view, step }: Visit, adHoc: ElementInstanceRow, job: NonNullable<AdHocModel['job']>): true | Failure {
  const before = view.jobs.openOf(adHoc.key);
  if (before !== undefined) step.events.push({ type: 'job.canceled', key: before.key });
  const offered = offerJob(visitInstance(view, step, adHoc), job, 'AD_HOC_SUB_PROCESS');
  return isFailure(offered) ? offered : true;
}

const completionOf = ({ key }: ElementInstanceRow) => ({ type: 'element.complete', elementInstanceKey: key }) as const;

/** Ends what runs in it, each in its turn, except one instance that ends by itself. Whether there is anything. */
function endAll({ view, step }: { readonly view: View; readonly step: Step }, adHoc: ElementInstanceRow, except?: Key): boolean {
  const children = view.elements.activeIn(adHoc.key).filter(({ key }) => key !== except);
  for (const { key } of children) step.followUps.push({ type: 'element.terminate', elementInstanceKey: key });
  return children.length > 0;
}

/** Completes it, once what is being ended has ended. */
function completeEmptied(step: Step, adHoc: ElementInstanceRow, isEnding: boolean): void {
  if (isEnding) hold(step, adHoc.key, [completionOf(adHoc)]);
  else step.followUps.push(completionOf(adHoc));
}

export const activateAdHocElements: Decide<ActivateAdHocElements> = ({ adHocSubProcessInstanceKey: key, elements, cancelRemaining }, view, step) => {
  const adHoc = view.elements.get(key);
  const visit = adHoc === undefined || isOver(adHoc.phase) ? undefined : visitInstance(view, step, adHoc);
  if (adHoc === undefined || visit?.element.type !== 'AD_HOC_SUB_PROCESS') {
    return reject('NOT_FOUND', `Expected to activate activities for ad-hoc sub-process but no ad-hoc sub-process instance found with key '${key}'.`);
  }
  if (adHoc.phase !== 'ACTIVATED') return reject('INVALID_STATE', `Expected to activate activities for ad-hoc sub-process with key '${key}', but it is not active.`);
  const unknown = unknownIds(visit.element.adHoc, elements.map(({ elementId }) => elementId));
  if (unknown.length > 0) return reject('NOT_FOUND', `Expected to activate activities for ad-hoc sub-process with key '${key}', but the given elements [${unknown.join(', ')}] do not exist.`);
  const isEnding = cancelRemaining && endAll(visit, adHoc);
  for (const { elementId, variables } of elements) activateInner(visit, elementId, variables);
  if (cancelRemaining && elements.length === 0) completeEmptied(step, adHoc, isEnding);
  return accept();
};

/** The worker of an ad-hoc sub-process says what is activated next, or that it is enough. */
export function completeAdHocJob(job: JobRow, { variables, adHoc: said }: Extract<JobCommand, { type: 'job.complete' }>, view: View, step: Step): Decision {
  const adHoc = view.elements.get(job.elementInstanceKey);
  const visit = adHoc === undefined ? undefined : visitInstance(view, step, adHoc);
  if (adHoc === undefined || visit?.element.type !== 'AD_HOC_SUB_PROCESS') throw new Error(`Job ${job.key} has no ad-hoc sub-process.`);
  const { activate, isFulfilled, cancelRemaining }: AdHocResult = said ?? { activate: [], isFulfilled: false, cancelRemaining: false };
  const unknown = unknownIds(visit.element.adHoc, activate.map(({ elementId }) => elementId));
  if (unknown.length > 0) return reject('NOT_FOUND', `Expected to activate activities for ad-hoc sub-process with key '${adHoc.key}', but the given elements [${unknown.join(', ')}] do not exist.`);
  step.events.push({ type: 'job.completed', key: job.key });
  propagate(view, step, view.elements.scopesOf(adHoc.key), variables);
  if (isFulfilled) step.events.push({ type: 'ad-hoc.fulfilled', key: adHoc.key });
  const isEnding = cancelRemaining && endAll(visit, adHoc);
  for (const { elementId, variables: own } of activate) activateInner(visit, elementId, own);
  if (isFulfilled && activate.length === 0 && (cancelRemaining || adHoc.tokens === 0)) completeEmptied(step, adHoc, isEnding);
  return accept();
}
