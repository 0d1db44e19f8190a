/** Names of keys and when a key may act: pure rules, tested without a browser. */

/** The parts of a keyboard event that the rules read. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'repeat'>;

/** `a`, `?`, `escape`, `ctrl+enter`; undefined where the press is none of ours (composing, Alt, repeated letters). */
export function keyName(press: KeyPress): string | undefined {
  if (press.isComposing || press.altKey) return undefined;
  const key = press.key.toLowerCase();
  if (press.ctrlKey || press.metaKey) return key === 'enter' ? 'ctrl+enter' : undefined;
  if (press.repeat && isSingle(key)) return undefined;
  return key;
}

/** A key that types a character; only these are switched off by preference and while typing. */
export function isSingle(name: string): boolean {
  return name.length === 1;
}

/** True where a key press of this name on this target may be a short cut. */
export function mayHandle(name: string, target: EventTarget | null, singleKeys: boolean): boolean {
  const place = describe(target);
  if (place.dialog) return false;
  if (name === 'ctrl+enter' || name === 'escape') return true;
  if (isSingle(name)) return singleKeys && !place.typing;
  if (name === 'enter' || name === ' ') return !place.typing && !place.control;
  return !place.typing;
}

function describe(target: EventTarget | null): { typing: boolean; control: boolean; dialog: boolean } {
  if (typeof Element === 'undefined' || !(target instanceof Element)) return { typing: false, control: false, dialog: false };
  return {
    typing: target.closest('input:not([type=radio]):not([type=checkbox]):not([readonly]),textarea:not([readonly]),select,[contenteditable=true],[role=textbox],[role=combobox]') !== null,
    control: target.closest('a,button,summary,[role=button],[role=radio],[role=tab],[role=menuitem]') !== null,
    dialog: target.closest('[role=dialog],[role=menu],dialog') !== null,
  };
}
