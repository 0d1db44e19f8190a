/** Refuses call-back addresses at the start of a case that no webhook could ever reach, so that the caller hears of it at once. */
import { isPublicHost } from '../workers/index.ts';
import { Problem } from './problem.ts';

/** A name is let through: where it leads is looked at when the webhook is sent. */
export function checkCallback(address: string, allowPrivate: boolean): void {
  const { username, password, hostname } = new URL(address);
  if (username !== '' || password !== '') throw new Problem('callback-refused', 'The callbackUrl holds a user name or password. Leave them out: webhooks are signed, and the signature shows that they come from here.');
  if (allowPrivate) return;
  if (!isPublicHost(hostname) || /(^|\.)localhost\.?$/.test(hostname))
    throw new Problem('callback-refused', 'The callbackUrl is a private address of the server or its network, where no webhook is sent. Give a public address, or let the operator allow private ones: STELLWERK_WEBHOOKS_TO_PRIVATE_ADDRESSES.');
}
