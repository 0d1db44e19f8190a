/** What a vault entry is bound to: it opens for this case, record and kind only. */
import { canonicalJson } from './canonical-json.ts';

export function entryBinding(entry: { caseId: string | null; recordSeq: number; kind: string }): string {
  return canonicalJson(entry);
}
