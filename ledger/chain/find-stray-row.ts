/** Finds rows that no record vouches for, and cases whose status does not follow from their records. */
import { sql } from 'kysely';
import type { ChainReader } from './chain-reader.ts';
import { tableByKind } from './recorded-tables.ts';
import { recordedTables } from './verify-rows.ts';

type Fault = { firstBroken: number; why: string };

/** `firstBroken` is the record that the row claims; past the end of the chain where it claims none that exists. */
export async function findStrayRow(db: ChainReader['db'], lastSeq: number): Promise<Fault | null> {
  for (const table of recordedTables) {
    const kinds = Object.entries(tableByKind).filter(([, filled]) => filled === table).map(([kind]) => kind);
    const { rows } = await sql<{ record_seq: number }>`
      select t.record_seq from ${sql.table(table)} t
      where not exists (select 1 from records r where r.seq = t.record_seq and r.kind in (${sql.join(kinds)}))
      order by t.record_seq limit 1`.execute(db);
    const stray = rows[0];
    if (stray) return { firstBroken: Math.min(stray.record_seq, lastSeq + 1), why: `The table ${table} has a row that no record vouches for (it claims record ${stray.record_seq}): it was added.` };
  }
  return (await findStrayEntry(db, lastSeq)) ?? findFalseStatus(db);
}

async function findStrayEntry(db: ChainReader['db'], lastSeq: number): Promise<Fault | null> {
  const { rows } = await sql<{ record_seq: number }>`
    select v.record_seq from vault_entries v
    where not exists (select 1 from records r where r.seq = v.record_seq) order by v.record_seq limit 1`.execute(db);
  const stray = rows[0];
  return stray ? { firstBroken: Math.min(stray.record_seq, lastSeq + 1), why: `The vault has an entry that no record vouches for (it claims record ${stray.record_seq}): it was added.` } : null;
}

async function findFalseStatus(db: ChainReader['db']): Promise<Fault | null> {
  const { rows } = await sql<{ case_id: string; status: string; record_seq: number }>`
    select c.case_id, c.status, c.record_seq from cases c
    left join decisions d on d.case_id = c.case_id
    left join reviews r on r.case_id = c.case_id
    where c.status <> case when d.case_id is not null then 'decided' when r.case_id is not null then 'in-review' else 'received' end
    order by c.record_seq limit 1`.execute(db);
  const wrong = rows[0];
  return wrong ? { firstBroken: wrong.record_seq, why: `The status "${wrong.status}" of case ${wrong.case_id} (record ${wrong.record_seq}) does not follow from its records: it was altered.` } : null;
}
