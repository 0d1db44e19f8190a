/** Compares the rows of the ledger's tables with the facts that the chain commits to. */
import { sql } from 'kysely';
import type { ChainReader } from './chain-reader.ts';
import { parseFacts } from './parse-facts.ts';
import type { RecordKind } from './record.ts';
import { sha256 } from './digest.ts';
import { digestedColumns, rowOfFacts, tableByKind, unrecordedColumns } from './recorded-tables.ts';

type Row = Record<string, unknown> & { record_seq: number };

export type RowCheck = {
  /** Reads the rows of these records, a page at a time. */
  load(from: number, to: number): Promise<void>;
  /** What is wrong with the row of this record, or null. */
  fault(record: { seq: number; kind: string; facts: string }): string | null;
};

export const recordedTables = [...new Set(Object.values(tableByKind))];

export function createRowCheck(db: ChainReader['db']): RowCheck {
  const rowsByTable = new Map<string, Map<number, Row>>();
  return {
    load: async (from, to) => {
      for (const table of recordedTables) {
        const { rows } = await sql<Row>`select * from ${sql.table(table)} where record_seq between ${from} and ${to}`.execute(db);
        rowsByTable.set(table, new Map(rows.map((row) => [row.record_seq, row])));
      }
    },
    fault: ({ seq, kind, facts }) => {
      if (!isRecordKind(kind)) return `Record ${seq} is of a kind that this version does not know: ${kind}.`;
      const table = tableByKind[kind];
      const row = rowsByTable.get(table)?.get(seq);
      if (!row) return `The row of record ${seq} (${kind}) in the table ${table} was removed, or belongs to another record now.`;
      const column = alteredColumn(row, rowOfFacts(parseFacts(facts) ?? {}), unrecordedColumns[table] ?? []) ?? alteredText(row, digestedColumns[table]);
      return column === null ? null : `The column ${column} of the table ${table} was altered: it differs from record ${seq} (${kind}).`;
    },
  };
}

function alteredColumn(row: Row, expected: Record<string, unknown>, unrecorded: readonly string[]): string | null {
  const checked = Object.keys({ ...row, ...expected }).filter((column) => column !== 'record_seq' && !unrecorded.includes(column));
  return checked.find((column) => (row[column] ?? null) !== (expected[column] ?? null)) ?? null;
}

function alteredText(row: Row, column: { text: string; digest: string } | undefined): string | null {
  if (column === undefined) return null;
  const text = row[column.text];
  return typeof text === 'string' && sha256(text) === row[column.digest] ? null : column.text;
}

function isRecordKind(kind: string): kind is RecordKind {
  return Object.hasOwn(tableByKind, kind);
}
