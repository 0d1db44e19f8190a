/** Who is signed in, and the way out. */
import { useText } from '../../shared/text/use-text.ts';
import { HeaderMenu } from './header-menu.tsx';
import { initials } from '../../shared/text/initials.ts';

export type Account = { name: string; role: string };

export function AccountMenu({ account, onSignOut }: { account: Account; onSignOut: () => void }) {
  const text = useText();
  return (
    <HeaderMenu label={`${initials(account.name)}, ${text.header.account(account.name)}`} face={<span className="header__face">{initials(account.name)}</span>}>
      <p className="header-menu__who">
        <span className="small quiet">{text.header.signedInAs}</span>
        <br />
        <b>{account.name}</b>
        <br />
        <span className="small quiet">{text.roles[account.role] ?? account.role}</span>
      </p>
      <button type="button" className="header-menu__item" onClick={onSignOut}>
        {text.header.signOut}
      </button>
    </HeaderMenu>
  );
}
