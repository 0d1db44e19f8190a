/** Asks the server for more time to take a verdict back, for as long as pointer or focus is at the offer (WCAG 2.2.1). */
import { useEffect, useState, type FocusEvent } from 'react';
import type { UndoHold } from '../../../../api/contract/inbox.ts';
import { request } from '../http/request.ts';
import { taskPath } from './use-task.query.ts';

/** Asked this long before the end, so that the answer comes in time. */
const askBeforeMs = 2500;

type HoldUndo = { userTaskKey: string; /** The last moment of undo as it is known; undefined: there is none. */ until: number | undefined; onHeld: (until: number) => void };

/** `held`: somebody is at the offer. `place`: handlers of the element that holds it. */
export function useHoldUndo({ userTaskKey, until, onHeld }: HoldUndo) {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const held = pointed || focused;
  useEffect(() => {
    if (!held || until === undefined) return undefined;
    let gone = false;
    const ask = () => {
      // Too late, or out of reach: the bar then says so by itself.
      request<UndoHold>('POST', taskPath(userTaskKey, '/hold')).then(
        ({ undoUntil }) => gone || onHeld(Date.parse(undoUntil)),
        () => undefined,
      );
    };
    const timer = setTimeout(ask, Math.max(0, until - Date.now() - askBeforeMs));
    return () => {
      gone = true;
      clearTimeout(timer);
    };
    // Asked anew when the time has moved, not when the page is drawn again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [held, until, userTaskKey]);
  const place = {
    onPointerEnter: () => setPointed(true),
    onPointerLeave: () => setPointed(false),
    onFocus: () => setFocused(true),
    onBlur: (event: FocusEvent) => setFocused(event.currentTarget.contains(event.relatedTarget)),
  };
  return { held, place };
}
