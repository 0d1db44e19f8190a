// Job worker `remind-people`: something waits for people longer than it should. An alarm in the ledger, a warning in the log, and another look at the votes.
import { z } from 'zod';
import { raiseAlarm, remindOfDecision } from '../../ledger/index.ts';
import { TerminalFailure } from '../runtime/failures.ts';
import { defineWorker } from '../runtime/worker-definition.ts';

const Headers = z.looseObject({ waitsFor: z.string().min(1) });

export const remindPeople = defineWorker({
  type: 'remind-people',
  input: z.object({ releaseId: z.string().min(1) }),
  output: z.object({}),
  errors: [],

  async handle({ releaseId }, { ledger, log, job }) {
    const headers = Headers.safeParse(job.headers);
    if (!headers.success) throw new TerminalFailure('The task needs the header "waitsFor". Correct the diagram.');
    const { waitsFor } = headers.data;
    log.warn({ releaseId, waitsFor }, 'A release waits for people longer than planned.');
    // One a day at most, however often the timer fires.
    const window = `${waitsFor}:${new Date(ledger.clock.now()).toISOString().slice(0, 10)}`;
    await raiseAlarm(ledger, { releaseId, kind: 'overdue', window, facts: { waitsFor } });
    if (waitsFor === 'go-live-decision') await remindOfDecision(ledger, { releaseId, reminderId: `${releaseId}:reminder:${job.jobKey}` });
    return {};
  },
});
