/** A small sheet below a header button (a disclosure with buttons or links): arrows move, Esc and a click elsewhere close it, the focus returns to the button. */
import { useEffect, useId, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';

type HeaderMenuProps = { label: string; face: ReactNode; children: ReactNode; /** Which side of the button the sheet begins at. */ side?: 'start' | 'end' };

export function HeaderMenu({ label, face, children, side = 'end' }: HeaderMenuProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  useEffect(() => {
    if (!open) return undefined;
    const closeOutside = (event: PointerEvent) => {
      if (event.target instanceof Node && !place.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [open]);
  const closeOnChoice = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('button, a') !== null) close();
  };
  const move = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    const items = itemsIn(place.current);
    const at = items.findIndex((item) => item === document.activeElement);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || items.length === 0) return;
    event.preventDefault();
    items[(at + step + items.length) % items.length]?.focus();
  };
  return (
    <div className="header-menu" ref={place} onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && event.relatedTarget !== null && setOpen(false)}>
      <button ref={button} type="button" className="header__tool" aria-label={label} aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => setOpen(!open)}>
        {face}
      </button>
      {open && (
        <div id={id} role="group" aria-label={label} className={`header-menu__sheet header-menu__sheet--${side}`} onClick={closeOnChoice} onKeyDown={move}>
          {children}
        </div>
      )}
    </div>
  );
}

function itemsIn(place: HTMLElement | null): HTMLElement[] {
  return place === null ? [] : [...place.querySelectorAll<HTMLElement>('button, a')];
}
