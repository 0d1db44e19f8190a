/** The bar on top of every page: mark, places, language, theme, help, account. Only places that exist are shown. */
import { Help } from '@carbon/react/icons';
import { Link, useLocation } from 'react-router';
import { BrandMark } from '../../shared/parts/brand-mark.tsx';
import { useText } from '../../shared/text/use-text.ts';
import { AccountMenu, type Account } from './account-menu.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { ThemeMenu } from './theme-menu.tsx';
import './header.css';

/** `place`: the one the person has, with what waits there. `onHelp`: where there are keys to tell of. */
type HeaderProps = { account: Account; place: { to: string; name: string; count?: number | undefined }; onHelp?: () => void; onSignOut: () => void };

export function Header({ account, place, onHelp, onSignOut }: HeaderProps) {
  const text = useText();
  const { pathname } = useLocation();
  return (
    <header className="header">
      <Link className="header__brand offset-focus" to={place.to}>
        <BrandMark />
        <span>{text.product}</span>
      </Link>
      <nav className="header__places" aria-label={text.header.main}>
        <Link to={place.to} className="header__place" aria-current={/^\/(inbox|fast|start)\b/.test(pathname) ? 'page' : undefined}>
          {place.name}
          {place.count !== undefined && place.count > 0 && <span className="count">{place.count}</span>}
        </Link>
      </nav>
      <div className="header__tools">
        <LanguageSwitch />
        <ThemeMenu />
        {onHelp !== undefined && (
          <button type="button" className="header__tool" aria-label={`${text.header.keys} (?)`} aria-keyshortcuts="?" onClick={onHelp}>
            <Help size={20} aria-hidden="true" />
          </button>
        )}
        <AccountMenu account={account} onSignOut={onSignOut} />
      </div>
    </header>
  );
}
