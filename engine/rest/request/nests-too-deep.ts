// Tells JSON that can be written again from JSON that can only be read: JSON.stringify runs out of stack far below 1 MiB of brackets.

/** As deep as the real server's parser goes; deeper values would end in a stack overflow somewhere. */
export const MAX_DEPTH = 1000;

/** Brackets inside strings do not count. What is no JSON may be answered either way: the parser refuses it. */
export function nestsTooDeep(text: string): boolean {
  // A value of that depth needs two brackets per level.
  if (text.length < 2 * MAX_DEPTH) return false;
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      if (++depth > MAX_DEPTH) return true;
    } else if (character === '}' || character === ']') depth--;
  }
  return false;
}
