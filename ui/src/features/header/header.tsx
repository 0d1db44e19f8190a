/** The bar on top of every page: mark, places, language, theme, help, account. Only places that exist are shown. */
import { Help } from '@carbon/react/icons';
import { Link, useLocation } from 'react-router';
import { BrandMark } from '../../shared/parts/brand-mark.tsx';
import { useText } from '../../shared/text/use-text.ts';
import { AccountMenu, type Account } from './account-menu.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { ThemeMenu } from './theme-menu.tsx';
import './header.css';

type HeaderProps = { account: Account; inboxCount: number | undefined; onHelp: () => void; onSignOut: () => void };

export function Header({ account, inboxCount, onHelp, onSignOut }: HeaderProps) {
  const text = useText();
  const { pathname } = useLocation();
  return (
    <header className="header">
      <Link className="header__brand offset-focus" to="/inbox/mine">
        <BrandMark />
        <span>{text.product}</span>
      </Link>
      <nav className="header__places" aria-label={text.header.main}>
        <Link to="/inbox/mine" className="header__place" aria-current={/^\/(inbox|fast)\b/.test(pathname) ? 'page' : undefined}>
          {text.header.inbox}
          {inboxCount !== undefined && inboxCount > 0 && <span className="count">{inboxCount}</span>}
        </Link>
      </nav>
      <div className="header__tools">
        <LanguageSwitch />
        <ThemeMenu />
        <button type="button" className="header__tool" aria-label={`${text.header.keys} (?)`} aria-keyshortcuts="?" onClick={onHelp}>
          <Help size={20} aria-hidden="true" />
        </button>
        <AccountMenu account={account} onSignOut={onSignOut} />
      </div>
    </header>
  );
}
