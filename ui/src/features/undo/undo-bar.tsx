/**
 * "Grant stored for K-2026-11842": five seconds to take a verdict back, and more while pointer or focus is at the bar.
 * When the server's time for undo is over it offers to close instead.
 */
import { Checkmark } from '@carbon/react/icons';
import { useEffect, useState } from 'react';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { KeyCap } from '../../shared/parts/key-cap.tsx';
import { useHoldUndo } from '../../shared/tasks/use-hold-undo.ts';
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

type UndoBarProps = { offer: UndoOffer; outcome: 'undone' | 'too-late' | undefined; onUndo: () => void; onHeld: (until: number) => void; onClose: () => void };

const noteMs = 5000;

export function UndoBar({ offer, outcome, onUndo, onHeld, onClose }: UndoBarProps) {
  const text = useText();
  const [noteUntil] = useState(() => Date.now() + noteMs);
  const end = offer.until ?? noteUntil;
  /** The end that was reached; a later one may follow it. */
  const [reached, setReached] = useState<number>();
  const over = reached === end;
  const undoable = offer.until !== undefined && outcome === undefined && !over;
  const { held, place } = useHoldUndo({ userTaskKey: offer.userTaskKey, until: undoable ? offer.until : undefined, onHeld });
  useKeys({ z: undoable ? onUndo : undefined });
  useEffect(() => {
    const timer = setTimeout(() => setReached(end), Math.max(0, end - Date.now()));
    return () => clearTimeout(timer);
  }, [end]);
  useEffect(() => {
    if (held || (outcome === undefined && !over)) return undefined;
    const timer = setTimeout(onClose, outcome === undefined ? 0 : noteMs);
    return () => clearTimeout(timer);
  }, [held, over, outcome, onClose]);
  const words = text.undo.stored(offer.words);
  return (
    <div className="undo-bar" {...place}>
      <div className="undo-bar__words" role="status">
        <Checkmark size={20} aria-hidden="true" />
        {outcome === 'undone' && <span>{text.undo.undone(offer.caseName)}</span>}
        {outcome === 'too-late' && <span>{text.undo.tooLate(offer.caseName)}</span>}
        {outcome === undefined && (
          <span>
            <b>{words.strong}</b>
            {words.before}
            <span className="undo-bar__case">{offer.caseName}</span>
          </span>
        )}
      </div>
      {offer.until !== undefined && outcome === undefined && (
        <button type="button" className="undo-bar__button" {...(undoable && { 'aria-keyshortcuts': 'z' })} onClick={undoable ? onUndo : onClose}>
          {undoable && <KeyCap>z</KeyCap>}
          {undoable ? text.undo.undo : text.undo.close}
        </button>
      )}
      <TimeLeft key={end} until={end} />
    </div>
  );
}

/** A line that shortens until the time is over. */
function TimeLeft({ until }: { until: number }) {
  const [length] = useState(() => Math.max(0, until - Date.now()));
  return <span className="undo-bar__time" style={{ animationDuration: `${length}ms` }} />;
}
