// Columns of a row as the API shows them: keys as strings, instants as ISO texts, null as absent.
import type { SQLOutputValue } from 'node:sqlite';
import type { Row } from './search.ts';

/** The one tenant there is. */
export const TENANT_ID = '<default>';

/** A key that every row has. */
export const keyAt = (row: Row, column: string): string => String(row[column]);
export const optionalKeyAt = (row: Row, column: string): string | undefined => presentAt(row, column, String);

export const textAt = (row: Row, column: string): string => String(row[column] ?? '');
export const optionalTextAt = (row: Row, column: string): string | undefined => presentAt(row, column, String);

export const numberAt = (row: Row, column: string): number => Number(row[column]);
export const flagAt = (row: Row, column: string): boolean => Number(row[column]) === 1;

export const dateAt = (row: Row, column: string): string => isoOf(Number(row[column]));
export const optionalDateAt = (row: Row, column: string): string | undefined => presentAt(row, column, (value) => isoOf(Number(value)));

/** JSON that the engine itself has written. */
export const jsonAt = (row: Row, column: string): unknown => JSON.parse(textAt(row, column));
export const optionalJsonAt = (row: Row, column: string): unknown => presentAt(row, column, (value) => JSON.parse(String(value)) as unknown);

export const isoOf = (at: number): string => new Date(at).toISOString();

function presentAt<T>(row: Row, column: string, show: (value: SQLOutputValue) => T): T | undefined {
  const value = row[column];
  return value === null || value === undefined ? undefined : show(value);
}
