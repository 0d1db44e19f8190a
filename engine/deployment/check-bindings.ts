// What is bound to its own deployment must stand in it, as on a cluster: called processes, decisions and forms.
import type { ActivityModel, Binding, ProcessModel } from '../model/executable.ts';
import type { ReadResource } from './records.ts';

type Bound = { readonly kind: 'process' | 'decision' | 'form'; readonly place: string; readonly id: string; readonly binding: Binding };

/** A sentence for each file that names what its deployment lacks. Ids from expressions are looked up when they are needed. */
export function findMissing(resources: readonly ReadResource[]): string[] {
  const given = new Set(resources.flatMap((resource) => idsOf(resource)));
  return resources.flatMap((resource) => {
    if (resource.kind !== 'bpmn') return [];
    const missing = resource.processes.flatMap(boundIn).filter(({ kind, id }) => !given.has(`${kind} ${id}`));
    return missing.length === 0 ? [] : [`'${resource.name}': ${missing.map(({ kind, place, id }) => `- Element: ${place} - ERROR: Expected to find ${kind} with id '${id}' in current deployment, but not found.`).join('\n')}`];
  });
}

function idsOf(resource: ReadResource): string[] {
  switch (resource.kind) {
    case 'bpmn': return resource.processes.map(({ bpmnProcessId }) => `process ${bpmnProcessId}`);
    case 'dmn': return resource.decisions.map(({ id }) => `decision ${id}`);
    case 'form': return [`form ${resource.formId}`];
    default: return resource satisfies never;
  }
}

function boundIn({ elements }: ProcessModel): Bound[] {
  const activities = Object.values(elements).map((element) => (element.type === 'MULTI_INSTANCE_BODY' ? element.inner : element));
  return activities.flatMap(boundBy).filter(({ id, binding }) => binding.kind === 'deployment' && !id.trimStart().startsWith('='));
}

function boundBy(element: ActivityModel): Bound[] {
  const place = (name: string) => `${element.id} > extensionElements > ${name}`;
  switch (element.type) {
    case 'CALL_ACTIVITY': return [{ kind: 'process', place: place('calledElement'), id: element.called.processId, binding: element.called.binding }];
    case 'BUSINESS_RULE_TASK': return 'job' in element.work ? [] : [{ kind: 'decision', place: place('calledDecision'), id: element.work.decision.decisionId, binding: element.work.decision.binding }];
    case 'USER_TASK': {
      const { form } = element.userTask;
      return form === null ? [] : [{ kind: 'form', place: place('formDefinition'), id: form.formId, binding: form.binding }];
    }
    default: return [];
  }
}
