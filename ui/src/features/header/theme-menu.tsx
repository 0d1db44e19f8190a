/** Light, dark, or as the system has it. */
import { Asleep, Checkmark, Light } from '@carbon/react/icons';
import { setPreferences, usePreferences, type ThemeChoice } from '../../shared/preferences/preferences.ts';
import { useText } from '../../shared/text/use-text.ts';
import { HeaderMenu } from './header-menu.tsx';

const choices: readonly ThemeChoice[] = ['light', 'dark', 'system'];

export function ThemeMenu() {
  const text = useText();
  const { theme } = usePreferences();
  return (
    <HeaderMenu label={text.header.theme} face={theme === 'light' ? <Light size={20} aria-hidden="true" /> : <Asleep size={20} aria-hidden="true" />}>
      {choices.map((choice) => (
        <button
          key={choice}
          type="button"
          aria-pressed={theme === choice}
          className="header-menu__item"
          onClick={() => setPreferences({ theme: choice })}
        >
          <span className="header-menu__tick">{theme === choice && <Checkmark size={16} aria-hidden="true" />}</span>
          {text.header.themes[choice]}
        </button>
      ))}
    </HeaderMenu>
  );
}
