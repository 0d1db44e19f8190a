/** Whether the stop of a service is pressed. */
import { z } from 'zod';
import type { Ledger } from '../ledger.ts';
import { readJson } from '../store/json-column.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import { openEntry } from '../vault/open-entry.ts';
import type { Stop } from './release.ts';

export async function findStop(source: Pick<Ledger, 'db' | 'vault'>, service: string): Promise<Stop | null> {
  const last = await lastStop.first(source.db, { service });
  if (!last || last.pressed === 0) return null;
  const entry = await source.db.selectFrom('vault_entries').selectAll().where('record_seq', '=', last.record_seq).executeTakeFirst();
  const text = entry ? await openEntry(source.vault.keys, entry) : null;
  return { by: last.pressed_by, at: last.pressed_at, reason: text === null ? null : readJson(z.string(), text) };
}

const lastStop = prepareQuery((db, { service }: { service: string }) => db.selectFrom('service_stops').selectAll().where('service', '=', service).orderBy('record_seq', 'desc').limit(1));
