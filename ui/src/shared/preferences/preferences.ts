/** What a person chose for this browser: language, theme, single keys, folded lists. Kept in local storage. */
import { useSyncExternalStore } from 'react';
import type { Language } from '../text/formats.ts';

export type ThemeChoice = 'light' | 'dark' | 'system';
export type Preferences = { language: Language; theme: ThemeChoice; singleKeys: boolean; listsFolded: boolean };

const storageKey = 'stellwerk.preferences';
const listeners = new Set<() => void>();
let current = read();

/** The preferences now, outside of components. */
export function getPreferences(): Preferences {
  return current;
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(storageKey, JSON.stringify(current));
  } catch {
    // Storage may be forbidden: the choice then lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(onPreferences, getPreferences);
}

export function onPreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(): Preferences {
  const stored = readStored();
  return {
    language: stored['language'] === 'de' || stored['language'] === 'en' ? stored['language'] : browserLanguage(),
    theme: stored['theme'] === 'light' || stored['theme'] === 'dark' ? stored['theme'] : 'system',
    singleKeys: stored['singleKeys'] !== false,
    listsFolded: stored['listsFolded'] === true,
  };
}

function readStored(): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    // Unreadable or forbidden storage: start from the defaults.
    return {};
  }
}

function browserLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en';
}
