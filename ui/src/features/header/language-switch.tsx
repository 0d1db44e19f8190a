/** German or English, at once and without a reload. */
import { setPreferences, usePreferences } from '../../shared/preferences/preferences.ts';
import { useText } from '../../shared/text/use-text.ts';
import type { Language } from '../../shared/text/formats.ts';

const languages = [
  { id: 'de', short: 'DE', name: 'Deutsch' },
  { id: 'en', short: 'EN', name: 'English' },
] as const satisfies readonly { id: Language; short: string; name: string }[];

export function LanguageSwitch() {
  const text = useText();
  const { language } = usePreferences();
  return (
    <div className="header__languages" role="group" aria-label={text.header.language}>
      {languages.map(({ id, short, name }) => (
        <button key={id} type="button" lang={id} className="header__language" aria-label={`${short}, ${name}`} aria-pressed={language === id} onClick={() => setPreferences({ language: id })}>
          <span>{short}</span>
        </button>
      ))}
    </div>
  );
}
