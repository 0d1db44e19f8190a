/** Webhooks: what an application needs to check that one comes from here. */
import { z } from 'zod';
import { operation } from './operation.ts';

export const WebhookSecret = z
  .strictObject({
    secret: z.string(),
    /** `hmac-sha256`: hex, over the timestamp's digits, a dot and the raw body. */
    algorithm: z.literal('hmac-sha256'),
    signatureHeader: z.literal('stellwerk-signature'),
    timestampHeader: z.literal('stellwerk-timestamp'),
  })
  .meta({ id: 'WebhookSecret' });
export type WebhookSecret = z.infer<typeof WebhookSecret>;

export const readWebhookSecret = operation({
  id: 'readWebhookSecret',
  method: 'GET',
  path: '/api/webhook-secret',
  tag: 'Cases',
  summary: 'The secret that webhooks to this application are signed with',
  description:
    'Each webhook carries `stellwerk-timestamp` (seconds) and `stellwerk-signature: v1=<hex>`, the HMAC-SHA256 of `<timestamp>.<raw body>` under this secret. ' +
    'Compute it over the body as it came, compare in constant time, refuse timestamps older than five minutes, and drop a `stellwerk-delivery` that you have seen. The secret belongs to the API key that asks.',
  access: { kind: 'restricted', people: [], keys: 'any' },
  responses: { 200: WebhookSecret },
  problems: [],
});
