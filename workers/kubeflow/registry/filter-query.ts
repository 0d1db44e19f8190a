// The registry's filter language, as far as we use it: a string property equals a value.
import { PlatformError } from '../platform-error.ts';

/**
 * `name.string_value = "value"`. The language takes letters, digits and underscores in names and has no way to write a
 * hyphen; values escape quotes with a backslash. Throws `invalid` for what it cannot say.
 */
export function stringEquals(name: string, value: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    throw new PlatformError('invalid', 'model-registry', `The registry cannot look for a property named "${name}": only letters, digits and underscores, no digit first.`);
  }
  return `${name}.string_value = "${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
