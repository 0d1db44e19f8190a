/** Raises an alarm over a release. */
import type { Ledger } from '../ledger.ts';
import type { RaiseAlarmRequest, RaiseAlarmResult } from './lifecycle.ts';

export async function raiseAlarm(_ledger: Ledger, _request: RaiseAlarmRequest): Promise<RaiseAlarmResult> {
  throw new Error('not built yet');
}
