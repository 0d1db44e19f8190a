// Changes of running process instances: modification and migration.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { key, operationReference, optional, requiredText, requiredVariables } from '../request/fields.ts';
import { submitted } from './rejection.ts';

const activation = z
  .strictObject({
    elementId: requiredText,
    ancestorElementInstanceKey: optional(key),
    variableInstructions: optional(z.array(z.strictObject({ variables: requiredVariables, scopeId: optional(z.string()) }))),
  })
  .transform(({ elementId, ancestorElementInstanceKey: ancestorKey, variableInstructions = [] }) => ({
    elementId,
    // -1 and an empty id say nothing, as in the reference.
    ...(ancestorKey === undefined || ancestorKey < 0 ? {} : { ancestorKey }),
    variables: variableInstructions.map(({ variables, scopeId }) => ({ variables, ...(scopeId === undefined || scopeId === '' ? {} : { scopeId }) })),
  }));

const modification = z.strictObject({
  operationReference,
  activateInstructions: optional(z.array(activation)),
  terminateInstructions: optional(z.array(z.strictObject({ elementInstanceKey: key }))),
});

const migration = z.strictObject({
  operationReference,
  targetProcessDefinitionKey: key,
  mappingInstructions: z.array(z.strictObject({ sourceElementId: requiredText, targetElementId: requiredText })),
});

export const processInstanceChangeOperations = [
  operation({
    operationId: 'modifyProcessInstance', method: 'POST', path: '/process-instances/{processInstanceKey}/modification', body: modification,
    answer: ({ core, key: processInstanceKey, body: { activateInstructions = [], terminateInstructions = [] } }) =>
      submitted(core, 'MODIFY', { type: 'process-instance.modify', processInstanceKey, activate: activateInstructions, terminate: terminateInstructions.map(({ elementInstanceKey }) => elementInstanceKey) }),
  }),
  operation({
    operationId: 'migrateProcessInstance', method: 'POST', path: '/process-instances/{processInstanceKey}/migration', body: migration,
    answer: ({ core, key: processInstanceKey, body: { targetProcessDefinitionKey, mappingInstructions } }) =>
      submitted(core, 'MIGRATE', {
        type: 'process-instance.migrate', processInstanceKey, targetProcessDefinitionKey,
        mapping: mappingInstructions.map(({ sourceElementId, targetElementId }) => ({ source: sourceElementId, target: targetElementId })),
      }),
  }),
];
