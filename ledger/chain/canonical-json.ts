/**
 * Canonical JSON after RFC 8785: one text per value, so that equal contents have equal hashes. Members are sorted by
 * UTF-16 code units, numbers and strings written as ECMAScript does, nothing in between.
 */

/** Members that are undefined are left out, as in JSON. Throws for what JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} is no JSON number.`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') return `{${membersOf(value)}}`;
  throw new TypeError(`A ${typeof value} is no JSON value.`);
}

function membersOf(value: object): string {
  const members = value as Readonly<Record<string, unknown>>;
  let text = '';
  // Without a comparison of its own `sort` goes by code units.
  for (const name of Object.keys(members).sort()) {
    const member = members[name];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`;
  }
  return text;
}
