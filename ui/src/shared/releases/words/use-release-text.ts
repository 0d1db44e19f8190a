/** The words of the release pages in the language chosen now: a dictionary of its own, so that the inbox does not load it. */
import { usePreferences } from '../../preferences/preferences.ts';
import type { Language } from '../../text/formats.ts';
import { de, type ReleaseDictionary } from './de.ts';
import { en } from './en.ts';

const dictionaries = { de, en } satisfies Record<Language, ReleaseDictionary>;

export function releaseDictionaryOf(language: Language): ReleaseDictionary {
  return dictionaries[language];
}

export function useReleaseText(): ReleaseDictionary {
  return dictionaries[usePreferences().language];
}
