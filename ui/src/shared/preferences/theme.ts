/** Puts the chosen theme (g10 or g100, or the system's) and the language onto the document. */
import { getPreferences, onPreferences } from './preferences.ts';

/** Called once before the first drawing; follows every later change. */
export function followAppearance(): void {
  const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const { theme, language } = getPreferences();
    const dark = theme === 'dark' || (theme === 'system' && systemDark.matches);
    document.documentElement.dataset['theme'] = dark ? 'g100' : 'g10';
    document.documentElement.lang = language;
  };
  apply();
  onPreferences(apply);
  systemDark.addEventListener('change', apply);
}
