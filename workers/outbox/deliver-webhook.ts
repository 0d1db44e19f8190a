// Delivers one signed webhook, and only to addresses that are public unless the setting allows others.
import { createHmac } from 'node:crypto';
import { Agent, request } from 'undici';
import { isPublicHost, lookupPublic } from './public-address.ts';
import type { WebhookSettings } from '../settings.ts';

export type Delivery = {
  url: string;
  /** The same for every try: receivers drop what they have seen. */
  deliveryId: string;
  body: string;
  secret: string;
  sentAt: number;
};

/** Its message is kept with the outbox row, for people who look why a webhook did not come. */
export class WebhookFailure extends Error {
  override readonly name = 'WebhookFailure';
}

/**
 * HMAC-SHA256 over `<seconds>.<body>`, hex. A receiver recomputes it over the raw body, compares in constant time and
 * refuses timestamps older than five minutes.
 */
export function signWebhook(body: string, secret: string, sentAt: number): { timestamp: string; signature: string } {
  const timestamp = String(Math.floor(sentAt / 1_000));
  return { timestamp, signature: createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex') };
}

/** Resolves on 2xx; redirects are not followed, because they could lead to a private address. */
export async function deliverWebhook(delivery: Delivery, settings: WebhookSettings, signal: AbortSignal): Promise<void> {
  const url = new URL(delivery.url);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new WebhookFailure(`The call-back address must start with https:// or http://, found ${url.protocol}`);
  if (!settings.allowPrivateAddresses && !isPublicHost(url.hostname)) throw new WebhookFailure('The call-back address is a private one; allow such addresses by the setting if that is meant');
  const { timestamp, signature } = signWebhook(delivery.body, delivery.secret, delivery.sentAt);
  // The connection goes to the very address that was checked: a name that changes its address in between gains nothing.
  const agent = new Agent({ connect: { ...(settings.allowPrivateAddresses ? {} : { lookup: lookupPublic }), timeout: settings.timeLimitMs } });
  try {
    const { statusCode, body } = await request(url, {
      method: 'POST',
      dispatcher: agent,
      body: delivery.body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'stellwerk-webhook',
        'stellwerk-delivery': delivery.deliveryId,
        'stellwerk-timestamp': timestamp,
        'stellwerk-signature': `v1=${signature}`,
      },
      signal: AbortSignal.any([signal, AbortSignal.timeout(settings.timeLimitMs)]),
    });
    await body.dump({ limit: 65_536 });
    if (statusCode < 200 || statusCode > 299) throw new WebhookFailure(`The receiver answered ${statusCode}`);
  } catch (error) {
    throw signal.aborted ? error : asFailure(error, settings);
  } finally {
    await agent.destroy();
  }
}

const sentences: Record<string, string> = {
  EPRIVATE: 'The call-back address leads to a private address',
  ENOTFOUND: 'The name of the call-back address does not resolve',
  EAI_AGAIN: 'The name of the call-back address could not be looked up',
  ECONNREFUSED: 'Nobody listens at the call-back address',
  ECONNRESET: 'The receiver broke the connection off',
  UND_ERR_SOCKET: 'The receiver broke the connection off',
};

/** What failed, with its code, and without the address: the log is read by more people than the case. */
function asFailure(error: unknown, { timeLimitMs }: WebhookSettings): unknown {
  if (error instanceof WebhookFailure || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const late = error.name === 'TimeoutError' || code === 'UND_ERR_CONNECT_TIMEOUT';
  const sentence = late ? `The receiver did not answer within ${timeLimitMs} ms` : (sentences[code] ?? 'The receiver could not be reached');
  return new WebhookFailure(`${sentence} (${late ? error.name : code})`, { cause: error });
}
