/** Reads the facts of a record that may have been tampered with. */
import { AnyObject } from '../store/json-column.ts';

/** Null where the text is no JSON object. */
export function parseFacts(text: string): Record<string, unknown> | null {
  try {
    const facts = AnyObject.safeParse(JSON.parse(text));
    return facts.success ? facts.data : null;
  } catch {
    // Not JSON at all: as little an object as anything else.
    return null;
  }
}
