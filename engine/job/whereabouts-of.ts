// Where a job's incident stands.
import type { JobRow } from './state.ts';

/** The fields by which an incident points at the element of its job. */
export function whereaboutsOf(job: JobRow) {
  const { processInstanceKey, processDefinitionKey, bpmnProcessId, elementId, elementInstanceKey } = job;
  return { processInstanceKey, processDefinitionKey, bpmnProcessId, elementId, elementInstanceKey };
}
