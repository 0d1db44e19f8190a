/** Puts the chosen theme (g10 or g100, or the system's) and the language onto the document. */
import { useSyncExternalStore } from 'react';
import { getPreferences, onPreferences } from './preferences.ts';

export type Theme = 'g10' | 'g100';

const systemDark = window.matchMedia('(prefers-color-scheme: dark)');

export function getTheme(): Theme {
  const { theme } = getPreferences();
  return theme === 'dark' || (theme === 'system' && systemDark.matches) ? 'g100' : 'g10';
}

export function useTheme(): Theme {
  return useSyncExternalStore(onTheme, getTheme);
}

/** Called once before the first drawing; follows every later change. */
export function followAppearance(): void {
  const apply = () => {
    document.documentElement.dataset['theme'] = getTheme();
    document.documentElement.lang = getPreferences().language;
  };
  apply();
  onTheme(apply);
}

function onTheme(listener: () => void): () => void {
  const stop = onPreferences(listener);
  systemDark.addEventListener('change', listener);
  return () => {
    stop();
    systemDark.removeEventListener('change', listener);
  };
}
