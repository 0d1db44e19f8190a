/**
 * "Grant stored for K-2026-11842": five seconds to take a verdict back. The bar stays as long as the pointer or the focus
 * is on it; when the server's time for undo is over it says so by offering to close instead.
 */
import { Checkmark } from '@carbon/react/icons';
import { useEffect, useState } from 'react';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { KeyCap } from '../../shared/parts/key-cap.tsx';
import { useText } from '../../shared/text/use-text.ts';
import './undo-bar.css';

export type UndoOffer = {
  userTaskKey: string;
  /** What was stored, in words. */
  words: string;
  caseName: string;
  /** The last moment in which undo works; undefined where the answer cannot be taken back. */
  until: number | undefined;
};

type UndoBarProps = { offer: UndoOffer; outcome: 'undone' | 'too-late' | undefined; onUndo: () => void; onClose: () => void };

const noteMs = 5000;

export function UndoBar({ offer, outcome, onUndo, onClose }: UndoBarProps) {
  const text = useText();
  const [held, setHeld] = useState(false);
  const [over, setOver] = useState(false);
  const [shownAt] = useState(() => Date.now());
  const length = Math.max(0, (offer.until ?? shownAt + noteMs) - shownAt);
  const undoable = offer.until !== undefined && outcome === undefined && !over;
  useKeys({ z: undoable ? onUndo : undefined });
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), length);
    return () => clearTimeout(timer);
  }, [length]);
  useEffect(() => {
    if (held || (outcome === undefined && !over)) return undefined;
    const timer = setTimeout(onClose, outcome === undefined ? 0 : noteMs);
    return () => clearTimeout(timer);
  }, [held, over, outcome, onClose]);
  const words = text.undo.stored(offer.words, offer.caseName);
  return (
    <div className="undo-bar" onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      <div className="undo-bar__words" role="status">
        <Checkmark size={20} aria-hidden="true" />
        {outcome === 'undone' && <span>{text.undo.undone(offer.caseName)}</span>}
        {outcome === 'too-late' && <span>{text.undo.tooLate(offer.caseName)}</span>}
        {outcome === undefined && (
          <span>
            <b>{words.strong}</b>
            {words.rest}
          </span>
        )}
      </div>
      {offer.until !== undefined && outcome === undefined && (
        <button type="button" className="undo-bar__button" {...(undoable && { 'aria-keyshortcuts': 'z' })} onClick={undoable ? onUndo : onClose}>
          {undoable && <KeyCap>z</KeyCap>}
          {undoable ? text.undo.undo : text.undo.close}
        </button>
      )}
      <span className="undo-bar__time" style={{ animationDuration: `${length}ms` }} />
    </div>
  );
}
