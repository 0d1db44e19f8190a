// The registry's filter language, as far as we use it: a string property equals a value.

/**
 * `name.string_value = "value"`. The language takes letters, digits and underscores in names and has no way to write a
 * hyphen: null for such a name. Values escape quotes with a backslash.
 */
export function stringEquals(name: string, value: string): string | null {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return null;
  return `${name}.string_value = "${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
