// Signals: the broadcast to all who wait.
import { z } from 'zod';
import { json } from '../answer.ts';
import { operation } from '../operation.ts';
import { requiredText, tenantOf, variables } from '../request/fields.ts';
import { TENANT_ID } from '../search/row.ts';
import { rejected } from './rejection.ts';

const broadcast = z.strictObject({ signalName: requiredText, variables, tenantId: tenantOf('BroadcastSignal') });

export const signalOperations = [
  operation({
    operationId: 'broadcastSignal', method: 'POST', path: '/signals/broadcast', body: broadcast,
    answer: async ({ core, body: { signalName, variables: given } }) => {
      const result = await core.submit({ type: 'signal.broadcast', signalName, variables: given });
      return result.ok ? json({ tenantId: TENANT_ID, signalKey: String(result.answer.signalKey) }) : rejected('BROADCAST', result.rejection);
    },
  }),
];
