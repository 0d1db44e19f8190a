/** The bar on top of every page: mark, places, language, theme, help, account. Only places that exist are shown. */
import { Help } from '@carbon/react/icons';
import { NavLink } from 'react-router';
import { BrandMark } from '../../shared/parts/brand-mark.tsx';
import { useText } from '../../shared/text/use-text.ts';
import { AccountMenu, type Account } from './account-menu.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { ThemeMenu } from './theme-menu.tsx';
import './header.css';

type HeaderProps = { account: Account; inboxCount: number | undefined; onHelp: () => void; onSignOut: () => void };

export function Header({ account, inboxCount, onHelp, onSignOut }: HeaderProps) {
  const text = useText();
  return (
    <header className="header">
      <NavLink className="header__brand offset-focus" to="/inbox/mine">
        <BrandMark />
        <span>{text.product}</span>
      </NavLink>
      <nav className="header__places" aria-label={text.header.main}>
        <NavLink to="/inbox" className="header__place">
          {text.header.inbox}
          {inboxCount !== undefined && inboxCount > 0 && <span className="count">{inboxCount}</span>}
        </NavLink>
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
