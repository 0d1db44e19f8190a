/** Fills a service's title templates with a case's input, in both languages: codes as words, numbers as people write them. */
import type { DecisionServiceDefinition } from '../../ledger/services/definition.ts';
import type { Text } from '../contract/values.ts';

type Language = keyof Text;
const locales = { de: 'de-DE', en: 'en-GB' } satisfies Record<Language, string>;
const numbers = { de: new Intl.NumberFormat(locales.de), en: new Intl.NumberFormat(locales.en) } satisfies Record<Language, Intl.NumberFormat>;

type Presentation = DecisionServiceDefinition['presentation'];

/** `input` null: it was erased, and the template's words alone would say nothing: the fall-back stands there. */
export function fillText(template: Text, presentation: Presentation, input: Record<string, unknown> | null, fallback: Text): Text {
  if (input === null) return fallback;
  return { de: fill('de', template, presentation, input), en: fill('en', template, presentation, input) };
}

function fill(language: Language, template: Text, presentation: Presentation, input: Record<string, unknown>): string {
  return template[language].replace(/\{(\w+)\}/g, (_, field: string) => valueText(language, presentation.fields[field], input[field]));
}

function valueText(language: Language, field: Presentation['fields'][string] | undefined, value: unknown): string {
  const unit = field?.unit === undefined ? '' : `\u00a0${field.unit[language]}`;
  if (typeof value === 'number') return `${numbers[language].format(value)}${unit}`;
  if (typeof value === 'string') return field?.values?.[value]?.[language] ?? value;
  return '–';
}
