// What is bound to its own deployment must stand in it, as on a cluster: called processes, decisions and forms.
import type { Called } from '../element/contract.ts';
import { behaviourOf } from '../element/index.ts';
import type { ProcessModel } from '../model/executable.ts';
import type { ReadResource } from './records.ts';

type Bound = Pick<Called, 'kind' | 'id'> & { readonly place: string };

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
  return activities.flatMap((element) => {
    const called = behaviourOf(element.type).calls?.(element);
    const isBound = called?.binding.kind === 'deployment' && !called.id.trimStart().startsWith('=');
    return isBound ? [{ ...called, place: `${element.id} > extensionElements > ${called.by}` }] : [];
  });
}
