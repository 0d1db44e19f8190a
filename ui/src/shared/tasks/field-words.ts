/** An input value in words: its code's label, its number with unit, or a plain sign for yes, no and nothing. */
import type { Dictionary } from '../text/de.ts';
import type { Formats, Language } from '../text/formats.ts';
import type { FieldText } from './task.ts';

export function fieldLabel(field: string, fields: Record<string, FieldText>, language: Language): string {
  return fields[field]?.label[language] ?? field;
}

export function valueInWords(field: string, value: unknown, fields: Record<string, FieldText>, words: { text: Dictionary; format: Formats }): string {
  const { text, format } = words;
  const known = fields[field];
  if (value === null || value === undefined) return text.common.none;
  const code = typeof value === 'string' || typeof value === 'number' ? known?.values?.[String(value)] : undefined;
  if (code !== undefined) return code[format.language];
  if (typeof value === 'boolean') return value ? text.common.yes : text.common.no;
  if (typeof value === 'number') return known?.unit === undefined ? format.number(value) : `${format.number(value)}\u00a0${known.unit[format.language]}`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
