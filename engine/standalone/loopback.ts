// Who may talk to an engine that asks nobody to sign in: programs of this machine, and no pages from elsewhere in its browsers.
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

/** The loopback address behind a name, or undefined where the name leads elsewhere or nowhere. */
export async function loopbackAddress(host: string): Promise<string | undefined> {
  if (isIP(host) !== 0) return isLoopback(host) ? host : undefined;
  try {
    const { address } = await lookup(host);
    return isLoopback(address) ? address : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

/**
 * Why a request is refused, or undefined. A name that leads here from elsewhere (DNS rebinding) shows in the host, a
 * page of somebody else's (which may send forms without asking) in the origin.
 */
export function foreignCaller({ host, origin }: { readonly host?: string | undefined; readonly origin?: string | undefined }): string | undefined {
  if (host === undefined || !isLoopbackName(hostnameOf(`http://${host}`))) return `Expected a request to a loopback address, but it was sent to '${host ?? ''}'. Nobody signs in here, so it is for programs of this machine only.`;
  if (origin !== undefined && !isLoopbackName(hostnameOf(origin))) return `Expected a request of a program of this machine, but it comes from a page of '${origin}'. Nobody signs in here, so pages from elsewhere are refused.`;
  return undefined;
}

function hostnameOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).hostname.replace(/^\[|\]$/g, '') : undefined;
}

function isLoopbackName(name: string | undefined): boolean {
  return name !== undefined && (name === 'localhost' || isLoopback(name));
}

function isLoopback(address: string): boolean {
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}
