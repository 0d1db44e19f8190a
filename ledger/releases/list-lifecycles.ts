/** Pages through the lives of releases, newest proposal first. */
import type { Ledger } from '../ledger.ts';
import type { Lifecycle, ReleaseState } from './lifecycle.ts';

export type LifecycleFilter = { services?: string[]; states?: ReleaseState[]; cursor?: string; /** 1 to 200, default 50. */ limit?: number };
export type LifecyclePage = { kind: 'page'; items: Lifecycle[]; nextCursor: string | null } | { kind: 'bad-cursor' };

export async function listLifecycles(_ledger: Ledger, _filter: LifecycleFilter): Promise<LifecyclePage> {
  throw new Error('not built yet');
}
