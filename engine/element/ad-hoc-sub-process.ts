// Ad-hoc sub-process: its elements run in no order of their own; an expression, callers or a job worker say which, a condition or the worker says when it is enough.
import type { AdHocModel } from '../model/executable.ts';
import { innerInstanceId } from '../model/read-ad-hoc.ts';
import type { Step } from '../processing/step.ts';
import type { Variables } from '../variable/records.ts';
import { propagate, writeLocally } from '../variable/write-variables.ts';
import { nothingToTakeBack, takeAllFlows, waiting } from './behaviour.ts';
import type { Activated, ElementBehaviour } from './behaviour.ts';
import { evaluateList } from './evaluate.ts';
import { offerJob, takeBackJob } from './job-work.ts';
import { fail, isFailure } from './visit.ts';
import type { Failure, Visit, VisitOf } from './visit.ts';

export const adHocSubProcess: ElementBehaviour<'AD_HOC_SUB_PROCESS'> = {
  onActivate: start,
  onComplete: (visit) => {
    const { output } = visit.element.adHoc;
    if (output !== null) propagate(visit.view, visit.step, visit.outerScopes(), { [output.collection]: visit.read(output.collection) ?? null });
    return takeAllFlows(visit);
  },
  onTerminate: takeBackJob,
};

/** Made together with what is activated in it, and never by itself. */
export const adHocInnerInstance: ElementBehaviour<'AD_HOC_SUB_PROCESS_INNER_INSTANCE'> = {
  onActivate: () => waiting,
  onComplete: () => [],
  onTerminate: nothingToTakeBack,
};

/** The variable that tells what can be activated; it is there even when the activation fails. */
export const listElements = ({ activities }: AdHocModel): Variables => ({ adHocSubProcessElements: activities.map((one) => ({ ...one })) });

function start(visit: VisitOf<'AD_HOC_SUB_PROCESS'>): Activated | Failure {
  const { element: { adHoc }, instance: { key, processInstanceKey }, view, step } = visit;
  const active = adHoc.activeElements === null ? [] : evaluateList(visit, adHoc.activeElements);
  if (isFailure(active)) return active;
  const ids = active.filter((item): item is string => typeof item === 'string');
  if (ids.length < active.length) return fail('EXTRACT_VALUE_ERROR', `Expected result of the expression '${shown(adHoc)}' to be 'ARRAY' containing 'STRING' items, but was 'ARRAY' containing at least one non-'STRING' item.`);
  const unknown = unknownIds(adHoc, ids);
  if (unknown.length > 0) return fail('EXTRACT_VALUE_ERROR', `Failed to activate ad-hoc elements. No BPMN elements found with ids: ${unknown.map((id) => `'${id}'`).join(', ')}.`);
  if (adHoc.output !== null) writeLocally(view, step, { scopeKey: key, processInstanceKey }, { [adHoc.output.collection]: [] });
  if (adHoc.job !== undefined) return offerJob(visit, adHoc.job, 'AD_HOC_SUB_PROCESS');
  for (const elementId of ids) activateInner(visit, step, elementId, {});
  return waiting;
}

const shown = ({ activeElements }: AdHocModel): string => (activeElements ?? '').replace(/^=\s*/, '');
/** Those that nothing in it has, or to which a flow leads. */
export const unknownIds = ({ activities }: AdHocModel, ids: readonly string[]): string[] => ids.filter((id) => !activities.some(({ elementId }) => elementId === id));

/**
 * Makes the scope of an activated element at once and lets the element follow. The variable that the output element
 * names exists in the scope from the start, so that a job's result stays inside.
 */
export function activateInner({ element, instance, definition, view }: Visit, step: Step, elementId: string, variables: Variables): void {
  const output = element.type === 'AD_HOC_SUB_PROCESS' ? element.adHoc.output : null;
  const variable = output === null ? undefined : /^=\s*([\p{L}_][\p{L}\p{N}_]*)\s*$/u.exec(output.element)?.[1];
  const { key: scopeKey, processInstanceKey } = instance;
  const processDefinitionKey = definition.key;
  const key = view.newKey();
  step.events.push({ type: 'token.added', scopeKey, processInstanceKey }, { type: 'element.activating', key, processInstanceKey, processDefinitionKey, elementId: innerInstanceId(element.id), scopeKey, tokens: 1 });
  writeLocally(view, step, { scopeKey: key, processInstanceKey, fresh: true }, { ...(variable === undefined ? {} : { [variable]: null }), ...variables });
  step.events.push({ type: 'element.activated', key });
  step.followUps.push({ type: 'element.activate', elementId, scopeKey: key, processInstanceKey, processDefinitionKey, key: view.newKey() });
}
