// Folds the broker's records into the rows that 8.8 would find in its search storage. Their data is Camunda's, their shape is the reference's.
import { open } from 'node:fs/promises';
import { z } from 'zod';

const Exported = z.object({ key: z.string(), timestamp: z.number(), recordType: z.string(), valueType: z.string(), intent: z.string(), value: z.record(z.string(), z.unknown()) });
type Exported = z.infer<typeof Exported>;

export type Row = Record<string, unknown>;
/** By collection of the REST API, then by key. */
export type Rows = Record<'user-tasks' | 'process-instances' | 'process-definitions' | 'variables' | 'decision-definitions' | 'decision-requirements' | 'forms' | 'incidents' | 'jobs', Map<string, Row>>;

export type Records = { readonly rows: Rows; /** Reads what the broker wrote since. */ refresh(): Promise<void> };

/** Keys beyond 2^53 are quoted before JSON would round them. */
export const quoteKeys = (json: string): string => json.replace(/("(?:\w*Key|key)"):(-?\d+)/g, '$1:"$2"');

export function readRecords(file: string): Records {
  const rows: Rows = { 'user-tasks': new Map(), 'process-instances': new Map(), 'process-definitions': new Map(), variables: new Map(), 'decision-definitions': new Map(), 'decision-requirements': new Map(), forms: new Map(), incidents: new Map(), jobs: new Map() };
  let offset = 0;
  let unfinished = Buffer.alloc(0);
  let reading: Promise<void> = Promise.resolve();
  const readOn = async () => {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - offset), 0, size - offset, offset);
      offset += bytesRead;
      const text = Buffer.concat([unfinished, buffer.subarray(0, bytesRead)]);
      const end = text.lastIndexOf(10) + 1;
      unfinished = text.subarray(end);
      for (const line of text.subarray(0, end).toString('utf8').split('\n')) if (line !== '') fold(rows, Exported.parse(JSON.parse(quoteKeys(line))));
    } finally {
      await handle.close();
    }
  };
  return { rows, refresh: () => (reading = reading.then(readOn)) };
}

function fold(rows: Rows, record: Exported): void {
  if (record.recordType !== 'EVENT') return;
  folders[record.valueType]?.(rows, record);
}

const tenantId = '<default>';
const moment = (ms: number) => new Date(ms).toISOString();
/** What is not set is left out, as 8.8 does: its client takes no null. */
const ifSet = (value: unknown) => (value === '' || value === '-1' || value === -1 ? undefined : (value ?? undefined));

const folders: Record<string, (rows: Rows, record: Exported) => void> = {
  PROCESS(rows, { intent, key, value }) {
    if (intent !== 'CREATED') return;
    const xml = Buffer.from(String(value['resource']), 'base64').toString('utf8');
    rows['process-definitions'].set(key, { name: /<(?:\w+:)?process [^>]*name="([^"]*)"/.exec(xml)?.[1] ?? value['bpmnProcessId'], resourceName: value['resourceName'], version: value['version'], versionTag: ifSet(value['versionTag']), processDefinitionId: value['bpmnProcessId'], processDefinitionKey: key, tenantId, hasStartForm: false, xml });
  },
  PROCESS_INSTANCE(rows, { intent, key, timestamp, value }) {
    if (value['bpmnElementType'] !== 'PROCESS') return;
    if (intent === 'ELEMENT_ACTIVATING') {
      rows['process-instances'].set(key, {
        processDefinitionId: value['bpmnProcessId'], processDefinitionName: value['bpmnProcessId'], processDefinitionVersion: value['version'], processDefinitionKey: value['processDefinitionKey'],
        processInstanceKey: key, parentProcessInstanceKey: ifSet(value['parentProcessInstanceKey']), parentElementInstanceKey: ifSet(value['parentElementInstanceKey']),
        startDate: moment(timestamp), state: 'ACTIVE', hasIncident: false, tenantId, tags: [],
      });
    }
    const state = intent === 'ELEMENT_COMPLETED' ? 'COMPLETED' : intent === 'ELEMENT_TERMINATED' ? 'TERMINATED' : null;
    if (state !== null) Object.assign(rows['process-instances'].get(key) ?? {}, { state, endDate: moment(timestamp) });
  },
  USER_TASK(rows, { intent, key, timestamp, value }) {
    const known = rows['user-tasks'].get(key);
    const state = { CREATED: 'CREATED', COMPLETED: 'COMPLETED', CANCELED: 'CANCELED' }[intent] ?? known?.['state'];
    if (state === undefined) return;
    const ended = state === 'COMPLETED' || state === 'CANCELED';
    rows['user-tasks'].set(key, {
      name: value['elementId'], state, assignee: ifSet(value['assignee']), elementId: value['elementId'],
      candidateGroups: value['candidateGroupsList'] ?? [], candidateUsers: value['candidateUsersList'] ?? [],
      processDefinitionId: value['bpmnProcessId'], processName: value['bpmnProcessId'], processDefinitionVersion: value['processDefinitionVersion'], processDefinitionKey: value['processDefinitionKey'],
      creationDate: known?.['creationDate'] ?? moment(timestamp), completionDate: ended ? moment(timestamp) : undefined,
      followUpDate: ifSet(value['followUpDate']), dueDate: ifSet(value['dueDate']), tenantId,
      externalFormReference: ifSet(value['externalFormReference']), customHeaders: value['customHeaders'] ?? {}, priority: value['priority'],
      userTaskKey: key, elementInstanceKey: value['elementInstanceKey'], processInstanceKey: value['processInstanceKey'], formKey: ifSet(value['formKey']),
    });
  },
  VARIABLE(rows, { key, value }) {
    rows.variables.set(key, { name: value['name'], value: value['value'], isTruncated: false, tenantId, variableKey: key, scopeKey: value['scopeKey'], processInstanceKey: value['processInstanceKey'] });
  },
  DECISION(rows, { intent, key, value }) {
    if (intent !== 'CREATED') return;
    rows['decision-definitions'].set(key, { decisionDefinitionId: value['decisionId'], decisionDefinitionKey: key, name: value['decisionName'], version: value['version'], decisionRequirementsId: value['decisionRequirementsId'], decisionRequirementsKey: value['decisionRequirementsKey'], decisionRequirementsName: value['decisionRequirementsId'], decisionRequirementsVersion: value['version'], tenantId });
  },
  DECISION_REQUIREMENTS(rows, { intent, key, value }) {
    if (intent !== 'CREATED') return;
    rows['decision-requirements'].set(key, { decisionRequirementsId: value['decisionRequirementsId'], decisionRequirementsName: value['decisionRequirementsName'], version: value['decisionRequirementsVersion'], decisionRequirementsKey: key, resourceName: value['resourceName'], tenantId, xml: Buffer.from(String(value['resource']), 'base64').toString('utf8') });
  },
  FORM(rows, { intent, key, value }) {
    if (intent !== 'CREATED') return;
    rows.forms.set(key, { formId: value['formId'], formKey: key, version: value['version'], tenantId, schema: JSON.parse(Buffer.from(String(value['resource']), 'base64').toString('utf8')) as object });
  },
  INCIDENT(rows, { intent, key, timestamp, value }) {
    rows.incidents.set(key, {
      incidentKey: key, errorType: value['errorType'], errorMessage: value['errorMessage'], elementId: value['elementId'], elementInstanceKey: value['elementInstanceKey'], jobKey: ifSet(value['jobKey']),
      processDefinitionId: value['bpmnProcessId'], processDefinitionKey: value['processDefinitionKey'], processInstanceKey: value['processInstanceKey'], creationTime: moment(timestamp), state: intent === 'CREATED' ? 'ACTIVE' : 'RESOLVED', tenantId,
    });
  },
};
