// Job worker `ask-for-retraining`: starts the process that retrains. It lives on when this release ends.
import { z } from 'zod';
import { ReleaseLive } from '../../processes/release-watch/variables.ts';
import { engineStatus } from '../engine-status.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { answeredRelease } from './answered-release.ts';

/** While it lives, the same answer starts nothing twice. */
const messageLifeMs = 3_600_000;

export const askForRetraining = defineWorker({
  type: 'ask-for-retraining',
  input: ReleaseLive.pick({ releaseId: true }),
  output: z.object({}),
  errors: [],

  async handle({ releaseId }, { ledger, client }) {
    const { release, answer } = await answeredRelease(ledger, releaseId);
    try {
      await client.publishMessage({
        name: 'retraining-asked',
        correlationKey: releaseId,
        messageId: answer.answerId,
        timeToLive: messageLifeMs,
        variables: { releaseId, service: release.service },
      });
    } catch (error) {
      if (engineStatus(error) !== 409) throw error;
    }
    return {};
  },
});
