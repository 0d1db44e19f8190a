// Job worker `notify-caller`: owes the caller a webhook where one was asked for; the outbox delivers it.
import { z } from 'zod';
import { requestWebhook } from '../ledger/index.ts';
import { CaseReceived } from '../processes/anomaly-routing/variables.ts';
import { TerminalFailure } from './runtime/failures.ts';
import { defineWorker } from './runtime/worker-definition.ts';

export const notifyCaller = defineWorker({
  type: 'notify-caller',
  input: CaseReceived.pick({ caseId: true }),
  output: z.object({}),
  errors: [],
  completesLightly: true,

  async handle({ caseId }, { ledger }) {
    const { kind } = await requestWebhook(ledger, caseId);
    if (kind === 'case-unknown') throw new TerminalFailure(`Case "${caseId}" is not in the ledger.`);
    return {};
  },
});
