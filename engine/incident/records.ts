// Incidents: an instance is stuck and a person can free it.
import type { Key } from '../keys.ts';

/** In the words of the REST API. */
export type IncidentType =
  | 'JOB_NO_RETRIES'
  | 'EXECUTION_LISTENER_NO_RETRIES'
  | 'TASK_LISTENER_NO_RETRIES'
  | 'AD_HOC_SUB_PROCESS_NO_RETRIES'
  | 'IO_MAPPING_ERROR'
  | 'CONDITION_ERROR'
  | 'EXTRACT_VALUE_ERROR'
  | 'UNHANDLED_ERROR_EVENT'
  | 'CALLED_ELEMENT_ERROR'
  | 'CALLED_DECISION_ERROR'
  | 'DECISION_EVALUATION_ERROR'
  | 'FORM_NOT_FOUND'
  | 'MESSAGE_SIZE_EXCEEDED';

export type IncidentCommand = { readonly type: 'incident.resolve'; readonly incidentKey: Key };

export type IncidentEvent =
  | {
      readonly type: 'incident.created';
      readonly key: Key;
      readonly errorType: IncidentType;
      readonly errorMessage: string;
      readonly processInstanceKey: Key;
      readonly processDefinitionKey: Key;
      readonly bpmnProcessId: string;
      readonly elementId: string;
      readonly elementInstanceKey: Key;
      readonly jobKey: Key | null;
    }
  | { readonly type: 'incident.resolved'; readonly key: Key }
  | { readonly type: 'incident.migrated'; readonly key: Key; readonly processDefinitionKey: Key; readonly bpmnProcessId: string; readonly elementId: string };
