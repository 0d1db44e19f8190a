/** The words and formats of the language chosen now. */
import { usePreferences } from '../preferences/preferences.ts';
import { createFormats, dictionaryOf, type Formats, type Language } from './formats.ts';
import type { Dictionary } from './de.ts';

const formats: Record<Language, Formats> = { de: createFormats('de'), en: createFormats('en') };

export function useText(): Dictionary {
  return dictionaryOf(usePreferences().language);
}

export function useFormats(): Formats {
  return formats[usePreferences().language];
}

/** Picks one language of a text that comes from the service definition. */
export function useLocal(): (text: { de: string; en: string }) => string {
  const { language } = usePreferences();
  return (text) => text[language];
}
