/** The secret of an application's webhooks. */
import { webhookSecret } from '../../ledger/index.ts';
import type { readWebhookSecret as operation } from '../contract/webhooks.ts';
import type { Handler } from './handler.ts';

export const readWebhookSecret: Handler<typeof operation> = async ({ caller }, parts) => {
  if (caller.kind !== 'application') throw new Error('A person came through to an operation for API keys.');
  const secret = await webhookSecret(parts.ledger, caller.apiKey.apiKeyId);
  return { status: 200, body: { secret, algorithm: 'hmac-sha256', signatureHeader: 'stellwerk-signature', timestampHeader: 'stellwerk-timestamp' }, headers: { 'cache-control': 'no-store' } };
};
