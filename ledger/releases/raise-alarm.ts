/** Raises an alarm over a release: its watch then asks people for a re-assessment. */
import { randomUUID } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import type { Database } from '../store/database.ts';
import { AnyObject, readJson } from '../store/json-column.ts';
import { transact, type Tx } from '../store/transact.ts';
import { hasEnded } from './allowed-moves.ts';
import { findLifecycle } from './lifecycle-row.ts';
import type { Alarm, RaiseAlarmRequest, RaiseAlarmResult } from './lifecycle.ts';
import { oweNews } from './owe-message.ts';

/** Once per release, kind and window. */
export async function raiseAlarm(ledger: Ledger, request: RaiseAlarmRequest): Promise<RaiseAlarmResult> {
  return transact(ledger, async (tx): Promise<RaiseAlarmResult> => {
    const release = await findLifecycle(tx.db, request.releaseId);
    if (!release) return { kind: 'refused', reason: 'RELEASE_UNKNOWN', message: `There is no release ${request.releaseId}.` };
    if (hasEnded(release)) return { kind: 'refused', reason: 'RELEASE_OVER', message: `The release has ended already: ${release.state}.` };
    return storeAlarm(tx, request);
  });
}

export async function storeAlarm(tx: Tx, request: RaiseAlarmRequest): Promise<Extract<RaiseAlarmResult, { alarm: Alarm }>> {
  const { releaseId, kind, window, facts } = request;
  const before = (await findAlarms(tx.db, releaseId)).find((alarm) => alarm.kind === kind && alarm.window === window);
  if (before) return { kind: 'already', alarm: before };
  const alarm: Alarm = { alarmId: randomUUID(), releaseId, kind, window, facts, at: tx.now };
  await writeRecord(tx, { kind: 'alarm-raised', caseId: null, facts: { alarmId: alarm.alarmId, releaseId, kind, timeWindow: window, detail: facts, raisedAt: tx.now } });
  if (asksPeople(kind)) await oweNews(tx, 'release-alarm', releaseId, alarm.alarmId);
  return { kind: 'raised', alarm };
}

const toldOnly: readonly Alarm['kind'][] = ['overdue', 'retraining-failed', 'deployment'];

/** Reminders, a retraining that came to nothing and trouble of a deployment are told: they wake no watch. */
function asksPeople(kind: Alarm['kind']): boolean {
  return !toldOnly.includes(kind);
}

/** Oldest first. */
export async function findAlarms(db: Kysely<Database>, releaseId: string): Promise<Alarm[]> {
  return (await db.selectFrom('release_alarms').selectAll().where('release_id', '=', releaseId).orderBy('record_seq').execute()).map(toAlarm);
}

function toAlarm(row: Selectable<Database['release_alarms']>): Alarm {
  return { alarmId: row.alarm_id, releaseId: row.release_id, kind: row.kind, window: row.time_window, facts: readJson(AnyObject, row.detail), at: row.raised_at };
}
