// Ad-hoc sub-processes: activates elements of one that runs.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { optional, requiredText, variables } from '../request/fields.ts';
import { submitted } from './rejection.ts';

const activation = z.strictObject({
  elements: z.array(z.strictObject({ elementId: requiredText, variables })),
  cancelRemainingInstances: optional(z.boolean()),
});

export const adHocSubProcessOperations = [
  operation({
    operationId: 'activateAdHocSubProcessActivities', method: 'POST', path: '/element-instances/ad-hoc-activities/{adHocSubProcessInstanceKey}/activation', body: activation,
    answer: ({ core, key, body: { elements, cancelRemainingInstances } }) =>
      submitted(core, 'ACTIVATE', { type: 'ad-hoc.activate', adHocSubProcessInstanceKey: key, elements, cancelRemaining: cancelRemainingInstances ?? false }),
  }),
];
