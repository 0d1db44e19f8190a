/** Reads JSON that may be none. The engine has a twin: neither imports from the other, and nothing lies below both. */

/** Undefined where the text is no JSON: a schema behind it refuses it. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
