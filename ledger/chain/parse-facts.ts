/** Reads the facts of a record that may have been tampered with. */
import { AnyObject, jsonOrNull } from '../store/json-column.ts';

/** Null where the text is no JSON object. */
export function parseFacts(text: string): Record<string, unknown> | null {
  const facts = AnyObject.safeParse(jsonOrNull(text));
  return facts.success ? facts.data : null;
}
