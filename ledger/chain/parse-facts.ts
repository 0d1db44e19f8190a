/** Reads the facts of a record that may have been tampered with. */
import { parseJson } from '../parse-json.ts';
import { AnyObject } from '../store/json-column.ts';

/** Null where the text is no JSON object. */
export function parseFacts(text: string): Record<string, unknown> | null {
  const facts = AnyObject.safeParse(parseJson(text));
  return facts.success ? facts.data : null;
}
