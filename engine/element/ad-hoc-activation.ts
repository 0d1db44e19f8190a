// How an element of an ad-hoc sub-process is activated: in a scope of its own.
import type { ElementOf } from '../model/executable.ts';
import type { Variables } from '../variable/records.ts';
import { writeLocally } from '../variable/write-variables.ts';
import type { Visit } from './visit.ts';

type AdHocModel = ElementOf<'AD_HOC_SUB_PROCESS'>['adHoc'];

/** The element id of the scopes in which activated elements run. */
export const innerInstanceId = (adHocId: string): string => `${adHocId}#innerInstance`;

/** The variable that tells what can be activated; it is there even when the activation fails. */
export const listElements = ({ activities }: AdHocModel): Variables => ({ adHocSubProcessElements: activities.map((one) => ({ ...one })) });

/** Those that nothing in it has, or to which a flow leads. */
export const unknownIds = ({ activities }: AdHocModel, ids: readonly string[]): string[] => ids.filter((id) => !activities.some(({ elementId }) => elementId === id));

/**
 * Makes the scope of an activated element at once and lets the element follow. The variable that the output element
 * names exists in the scope from the start, so that a job's result stays inside.
 */
export function activateInner({ element, instance, definition, view, step }: Visit, elementId: string, variables: Variables): void {
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
