/** The small frame around a key's name. Hidden from screen readers: the control's own name is enough, `aria-keyshortcuts` carries the key. */
import { usePreferences } from '../preferences/preferences.ts';

export function KeyCap({ children }: { children: string }) {
  const { singleKeys } = usePreferences();
  if (!singleKeys && children.length === 1) return null;
  return (
    <kbd className="key-cap" aria-hidden="true">
      {children.length === 1 ? children.toUpperCase() : children}
    </kbd>
  );
}
