// Ad-hoc sub-process: its elements run in no order of their own; an expression and callers say which, a condition says when it is enough.
import type { AdHocModel } from '../model/executable.ts';
import { innerInstanceId } from '../model/read-ad-hoc.ts';
import type { Step } from '../processing/step.ts';
import type { Variables } from '../variable/records.ts';
import { propagate, writeLocally } from '../variable/write-variables.ts';
import { nothingToTakeBack, takeAllFlows, waiting } from './behaviour.ts';
import type { Activated, ElementBehaviour } from './behaviour.ts';
import { evaluateList } from './evaluate.ts';
import { fail, isFailure } from './visit.ts';
import type { Failure, Visit, VisitOf } from './visit.ts';

export const adHocSubProcess: ElementBehaviour<'AD_HOC_SUB_PROCESS'> = {
  onActivate: start,
  onComplete: (visit) => {
    const { output } = visit.element.adHoc;
    if (output !== null) propagate(visit.view, visit.step, visit.outerScopes(), { [output.collection]: visit.read(output.collection) ?? null });
    return takeAllFlows(visit);
  },
  onTerminate: nothingToTakeBack,
};

export const adHocInnerInstance: ElementBehaviour<'AD_HOC_SUB_PROCESS_INNER_INSTANCE'> = {
  onActivate: ({ instance, definition, step, firstElementId }) => {
    if (firstElementId === undefined) return waiting;
    step.followUps.push({ type: 'element.activate', elementId: firstElementId, scopeKey: instance.key, processInstanceKey: instance.processInstanceKey, processDefinitionKey: definition.key });
    return waiting;
  },
  onComplete: () => [],
  onTerminate: nothingToTakeBack,
};

function start(visit: VisitOf<'AD_HOC_SUB_PROCESS'>): Activated | Failure {
  const { element: { adHoc }, instance: { key, processInstanceKey }, view, step } = visit;
  const active = adHoc.activeElements === null ? [] : evaluateList(visit, adHoc.activeElements);
  if (isFailure(active)) return active;
  const ids = active.filter((item): item is string => typeof item === 'string');
  if (ids.length < active.length) return fail('EXTRACT_VALUE_ERROR', `Expected result of the expression '${shown(adHoc)}' to be 'ARRAY' containing 'STRING' items, but was 'ARRAY' containing at least one non-'STRING' item.`);
  const unknown = unknownIds(adHoc, ids);
  if (unknown.length > 0) return fail('EXTRACT_VALUE_ERROR', `Failed to activate ad-hoc elements. No BPMN elements found with ids: ${unknown.map((id) => `'${id}'`).join(', ')}.`);
  writeLocally(view, step, { scopeKey: key, processInstanceKey }, { adHocSubProcessElements: adHoc.activities.map((one) => ({ ...one })), ...(adHoc.output === null ? {} : { [adHoc.output.collection]: [] }) });
  for (const elementId of ids) {
    step.events.push({ type: 'token.added', scopeKey: key, processInstanceKey });
    activateInner(visit, step, elementId, {});
  }
  return waiting;
}

const shown = ({ activeElements }: AdHocModel): string => (activeElements ?? '').replace(/^=\s*/, '');
/** Those that nothing in it has, or to which a flow leads. */
export const unknownIds = ({ activities }: AdHocModel, ids: readonly string[]): string[] => ids.filter((id) => !activities.some(({ elementId }) => elementId === id));

/** The variable that the output element names exists in the scope from the start, so that a job's result stays inside. */
export function activateInner({ element, instance, definition, view }: Visit, step: Step, firstElementId: string, variables: Variables): void {
  const output = element.type === 'AD_HOC_SUB_PROCESS' ? element.adHoc.output : null;
  const variable = output === null ? undefined : /^=\s*([\p{L}_][\p{L}\p{N}_]*)\s*$/u.exec(output.element)?.[1];
  step.followUps.push({
    type: 'element.activate', elementId: innerInstanceId(element.id), scopeKey: instance.key, processInstanceKey: instance.processInstanceKey, processDefinitionKey: definition.key, key: view.newKey(),
    firstElementId, variables: { ...(variable === undefined ? {} : { [variable]: null }), ...variables },
  });
}
