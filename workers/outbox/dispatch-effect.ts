// Carries one row of the outbox out; returning means that the effect is done, throwing that it is still owed.
import { getCase, publicCase, webhookSecret, type Ledger, type OutboxRow } from '../../ledger/index.ts';
import { UserTaskKey, type EngineClient } from '../client.ts';
import { engineStatus } from '../engine-status.ts';
import type { WebhookSettings } from '../settings.ts';
import { deliverWebhook } from './deliver-webhook.ts';

/** While it lives a message with the same id is refused, so that a repeated dispatch starts nothing. */
const messageLifeMs = 3_600_000;

export type DispatchTools = { client: EngineClient; ledger: Ledger; webhooks: WebhookSettings; signal: AbortSignal };

/** Every effect may be carried out again after a crash: each has its key against doing it twice. */
export async function dispatchEffect({ effect, outboxId }: OutboxRow, tools: DispatchTools): Promise<void> {
  switch (effect.kind) {
    case 'start-case':
      return doneWhen([409], () =>
        tools.client.publishMessage({
          name: effect.messageName,
          messageId: effect.messageId,
          correlationKey: effect.correlationKey,
          timeToLive: messageLifeMs,
          variables: effect.variables,
        }),
      );
    case 'complete-user-task':
      return doneWhen([404, 409], () =>
        tools.client.completeUserTask({ userTaskKey: UserTaskKey.assumeExists(effect.userTaskKey), variables: effect.variables }),
      );
    case 'webhook':
      return notify(outboxId, effect, tools);
    case 'publish-message':
      return doneWhen([409], () =>
        tools.client.publishMessage({
          name: effect.name,
          messageId: effect.messageId,
          correlationKey: effect.correlationKey,
          timeToLive: messageLifeMs,
          variables: effect.variables,
        }),
      );
    default:
      return effect satisfies never;
  }
}

/** These answers mean that an earlier dispatch got through. */
async function doneWhen(statuses: readonly number[], work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const status = engineStatus(error);
    if (status === null || !statuses.includes(status)) throw error;
  }
}

async function notify(outboxId: string, effect: { caseId: string; url: string; application: string }, { ledger, webhooks, signal }: DispatchTools): Promise<void> {
  const found = await getCase(ledger, effect.caseId);
  if (found === null) return;
  await deliverWebhook(
    {
      url: effect.url,
      deliveryId: outboxId,
      body: JSON.stringify({ type: 'case.decided', case: publicCase(found, 'application') }),
      secret: await webhookSecret(ledger, effect.application),
      sentAt: ledger.clock.now(),
    },
    webhooks,
    signal,
  );
}
