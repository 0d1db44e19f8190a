/** The bar on top of every page: mark, places, language, theme, help, account. Only places that exist for the person are shown; on phones they fold into a menu. */
import { Help, Menu } from '@carbon/react/icons';
import { Link, useLocation } from 'react-router';
import { BrandMark } from '../../shared/parts/brand-mark.tsx';
import { useText } from '../../shared/text/use-text.ts';
import { AccountMenu, type Account } from './account-menu.tsx';
import { HeaderMenu } from './header-menu.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { ThemeMenu } from './theme-menu.tsx';
import './header.css';

/** `under`: addresses that belong to the place. `count`: what waits there for the person, and in words what it counts. */
export type HeaderPlace = { to: string; name: string; under: RegExp; count?: number | undefined; countWords?: string | undefined };

type HeaderProps = { account: Account; home: string; places: readonly HeaderPlace[]; onHelp: () => void; onSignOut: () => void };

export function Header({ account, home, places, onHelp, onSignOut }: HeaderProps) {
  const text = useText();
  return (
    <header className="header">
      {places.length > 1 && (
        <div className="header__burger">
          <HeaderMenu label={text.header.menu} face={<Menu size={20} aria-hidden="true" />} side="start">
            <PlaceLinks places={places} className="header-menu__item" />
          </HeaderMenu>
        </div>
      )}
      <Link className="header__brand offset-focus" to={home}>
        <BrandMark />
        <span>{text.product}</span>
      </Link>
      <nav className="header__places" aria-label={text.header.main}>
        <PlaceLinks places={places} className="header__place" />
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

function PlaceLinks({ places, className }: { places: readonly HeaderPlace[]; className: string }) {
  const { pathname } = useLocation();
  return places.map(({ to, name, under, count, countWords }) => (
    <Link key={to} to={to} className={className} aria-current={under.test(pathname) ? 'page' : undefined}>
      {name}
      {count !== undefined && count > 0 && (
        <span className="count" title={countWords}>
          {count}
          {countWords !== undefined && <span className="sr-only"> {countWords}</span>}
        </span>
      )}
    </Link>
  ));
}
