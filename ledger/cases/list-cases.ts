/** Pages through cases, newest first. Filters by nothing that must stay unseen before the first verdict. */
import { sql } from 'kysely';
import { z } from 'zod';
import type { Ledger } from '../ledger.ts';
import { parseJson } from '../parse-json.ts';
import { selectCases, toCase } from './case-row.ts';
import type { Case, CaseStatus } from './case.ts';

export type CaseFilter = {
  services?: string[];
  status?: CaseStatus;
  application?: string;
  businessId?: string;
  decidedBy?: 'model' | 'expert';
  receivedFrom?: number;
  receivedBefore?: number;
  cursor?: string;
  /** 1 to 1000, default 50. */
  limit?: number;
};

export type CasePage = { kind: 'page'; items: Case[]; nextCursor: string | null } | { kind: 'bad-cursor' };

export async function listCases(ledger: Ledger, filter: CaseFilter): Promise<CasePage> {
  const after = filter.cursor === undefined ? null : readCursor(filter.cursor);
  if (after === 'bad') return { kind: 'bad-cursor' };
  const limit = Math.min(Math.max(Math.trunc(filter.limit ?? 50), 1), 1000);
  let query = filteredCases(ledger, filter).orderBy('c.received_at', 'desc').orderBy('c.case_id', 'desc').limit(limit + 1);
  if (after) query = query.where(sql<boolean>`(c.received_at, c.case_id) < (${after[0]}, ${after[1]})`);
  const rows = await query.execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    kind: 'page',
    items: await Promise.all(page.map((row) => toCase(ledger.vault, row))),
    nextCursor: rows.length > limit && last ? writeCursor([last.received_at, last.case_id]) : null,
  };
}

function filteredCases(ledger: Ledger, filter: CaseFilter): ReturnType<typeof selectCases> {
  let query = selectCases(ledger.db);
  // "in ()" is not SQL everywhere: no service allowed means no row.
  if (filter.services) query = filter.services.length > 0 ? query.where('c.service', 'in', filter.services) : query.where(sql<boolean>`1 = 0`);
  if (filter.status !== undefined) query = query.where('c.status', '=', filter.status);
  if (filter.application !== undefined) query = query.where('c.application', '=', filter.application);
  if (filter.businessId !== undefined) query = query.where('c.business_id_hash', '=', ledger.vault.hash('business-id', filter.businessId));
  if (filter.decidedBy !== undefined) query = query.where('d.decided_by', '=', filter.decidedBy);
  if (filter.receivedFrom !== undefined) query = query.where('c.received_at', '>=', filter.receivedFrom);
  if (filter.receivedBefore !== undefined) query = query.where('c.received_at', '<', filter.receivedBefore);
  return query;
}

const Cursor = z.tuple([z.number(), z.string()]);

function writeCursor(position: z.infer<typeof Cursor>): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function readCursor(text: string): z.infer<typeof Cursor> | 'bad' {
  const position = Cursor.safeParse(parseJson(Buffer.from(text, 'base64url').toString('utf8')));
  return position.success ? position.data : 'bad';
}
