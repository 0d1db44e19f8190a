// What runs in an ad-hoc sub-process: activated by callers, collected and counted when it is done.
import type { AdHocModel } from '../model/executable.ts';
import { innerInstanceId } from '../model/read-ad-hoc.ts';
import { accept, reject } from '../processing/step.ts';
import type { Decide } from '../processing/step.ts';
import type { Variables } from '../variable/records.ts';
import { writeLocally } from '../variable/write-variables.ts';
import { activateInner, unknownIds } from './ad-hoc-sub-process.ts';
import { evaluateAny, evaluateBoolean } from './evaluate.ts';
import type { ActivateAdHocElements } from './records.ts';
import type { ElementInstanceRow } from './state.ts';
import { terminateChildren } from './terminate.ts';
import { isFailure } from './visit.ts';
import type { Failure, Visit } from './visit.ts';
import { visitInstance } from './visit-instance.ts';

/** What an activated element and all that followed from it leave behind; answers what the sub-process does next. */
export function completeAdHocInner(visit: Visit, { output, completionCondition, cancelsRemaining }: AdHocModel): Failure | (() => void) {
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
  const isEnough = completionCondition === null ? undefined : evaluateBoolean(visit, completionCondition, (name) => (Object.hasOwn(outer, name) ? outer[name] : visit.readOuter(name)));
  if (isFailure(isEnough)) return isEnough;
  return () => {
    if (isEnough === false) return;
    if (isEnough === true && cancelsRemaining) endAll(visit, adHoc, instance.key);
    else if (adHoc.tokens > 1) return;
    step.followUps.push({ type: 'element.complete', elementInstanceKey: adHoc.key });
  };
}

/** One token is left, that of the instance that ends by itself or of the next one. */
function endAll({ view, step }: Pick<Visit, 'view' | 'step'>, adHoc: ElementInstanceRow, except?: number): void {
  terminateChildren(view, step, adHoc.key, except);
  step.events.push({ type: 'scope.interrupted', scopeKey: adHoc.key, processInstanceKey: adHoc.processInstanceKey, by: innerInstanceId(adHoc.elementId) });
}

export const activateAdHocElements: Decide<ActivateAdHocElements> = ({ adHocSubProcessInstanceKey: key, elements, cancelRemaining }, view, step) => {
  const adHoc = view.elements.get(key);
  const visit = adHoc?.phase === 'ACTIVATED' ? visitInstance(view, step, adHoc) : undefined;
  if (adHoc === undefined || visit?.element.type !== 'AD_HOC_SUB_PROCESS') {
    return reject('NOT_FOUND', `Expected to activate activities for ad-hoc sub-process but no ad-hoc sub-process instance found with key '${key}'.`);
  }
  const unknown = unknownIds(visit.element.adHoc, elements.map(({ elementId }) => elementId));
  if (unknown.length > 0) return reject('NOT_FOUND', `Expected to activate activities for ad-hoc sub-process with key '${key}', but the given elements [${unknown.join(', ')}] do not exist.`);
  if (cancelRemaining) endAll(visit, adHoc);
  for (const [index, { elementId, variables }] of elements.entries()) {
    if (index > 0 || !cancelRemaining) step.events.push({ type: 'token.added', scopeKey: key, processInstanceKey: adHoc.processInstanceKey });
    activateInner(visit, step, elementId, variables);
  }
  if (cancelRemaining && elements.length === 0) step.followUps.push({ type: 'element.complete', elementInstanceKey: key });
  return accept();
};
