/** Goes back to the predecessor. */
import type { Ledger } from '../ledger.ts';
import type { RollBackRequest, RollBackResult } from './lifecycle.ts';

export async function rollBack(_ledger: Ledger, _request: RollBackRequest): Promise<RollBackResult> {
  throw new Error('not built yet');
}
