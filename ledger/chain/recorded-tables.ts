/** Which table each kind of record fills, and how facts become a row of it. Writing and verifying both use this. */
import type { Database } from '../store/database.ts';
import { canonicalJson } from './canonical-json.ts';
import type { RecordKind } from './record.ts';

export const tableByKind = {
  'service-changed': 'services',
  'routing-table-changed': 'routing_tables',
  'release-opened': 'releases',
  'release-ended': 'release_ends',
  'release-proposed': 'release_proposals',
  'release-moved': 'release_moves',
  'evidence-added': 'release_evidence',
  'vote-cast': 'release_votes',
  'question-answered': 'release_replies',
  'alarm-raised': 'release_alarms',
  'reassessment-answered': 'release_answers',
  'service-stopped': 'service_stops',
  'service-resumed': 'service_stops',
  'case-received': 'cases',
  'instance-bound': 'case_instances',
  'audit-drawn': 'audit_draws',
  'prediction-stored': 'predictions',
  'explanation-stored': 'explanations',
  'review-opened': 'reviews',
  'verdict-stored': 'verdicts',
  'verdict-undone': 'verdict_undos',
  'decision-recorded': 'decisions',
  'key-erased': 'key_erasures',
  'case-erased': 'case_erasures',
  'user-created': 'users',
  'user-changed': 'user_changes',
  'api-key-created': 'api_keys',
  'api-key-revoked': 'api_key_revocations',
} as const satisfies Record<RecordKind, keyof Database>;

/** A column's value: text, number or null; lists and objects as canonical JSON, truth values as 0 and 1. */
export type ColumnValue = string | number | null;

/** `receivedAt` fills `received_at`, and so on. */
export function rowOfFacts(facts: Record<string, unknown>): Record<string, ColumnValue> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [columnName(name), columnValue(value)]));
}

/** The names of facts are a fixed set. */
const columnNames = new Map<string, string>();

function columnName(name: string): string {
  const known = columnNames.get(name);
  if (known !== undefined) return known;
  const column = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  columnNames.set(name, column);
  return column;
}

function columnValue(value: unknown): ColumnValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return canonicalJson(value);
}

/** Columns that a row has beside its facts: they may change, or are secret. All others must equal the record's. */
export const unrecordedColumns: Partial<Record<keyof Database, readonly string[]>> = {
  cases: ['status', 'business_id_hash'],
  release_evidence: ['document'],
  users: ['name', 'display_name', 'password_hash'],
};

/** Texts that the chain vouches for by their SHA-256 alone: the column, and the one that holds its digest. */
export const digestedColumns: Partial<Record<keyof Database, { text: string; digest: string }>> = {
  release_evidence: { text: 'document', digest: 'digest' },
};
