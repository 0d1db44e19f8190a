/** Which releases the address asks for. Pure. */
import type { ReleaseState } from '../../shared/releases/release.ts';
import type { ReleaseFilter } from '../../shared/releases/release-keys.ts';

export const states = ['proposed', 'evaluated', 'approved', 'shadow', 'canary', 'live', 'renewed', 'superseded', 'withdrawn', 'expired', 'rejected'] as const satisfies readonly ReleaseState[];

export function readFilter(address: URLSearchParams): ReleaseFilter {
  const state = states.find((one) => one === address.get('state'));
  const service = address.get('service');
  return { ...(state === undefined ? {} : { state }), ...(service === null || service === '' ? {} : { service }) };
}

/** Empty values are left out. */
export function writeFilter(filter: { service?: string | undefined; state?: string | undefined }): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''));
}
