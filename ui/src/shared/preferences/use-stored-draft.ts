/** What a person typed, kept for this window until it is stored: a reload or a conflict loses nothing. */
import { useState } from 'react';

export type StoredDraft<Draft> = { draft: Draft; change: (change: Partial<Draft>) => void; clear: () => void };

/** `key` names it in the window's storage; `empty` is the draft in which nothing was typed. */
export function useStoredDraft<Draft extends object>(key: string, empty: Draft): StoredDraft<Draft> {
  const [draft, setDraft] = useState<Draft>(() => read(key, empty));
  const change = (changed: Partial<Draft>) => {
    const next = { ...draft, ...changed };
    setDraft(next);
    write(key, next);
  };
  const clear = () => {
    setDraft(empty);
    write(key, undefined);
  };
  return { draft, change, clear };
}

function read<Draft extends object>(key: string, empty: Draft): Draft {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? '{}');
    return typeof stored === 'object' && stored !== null ? { ...empty, ...stored } : empty;
  } catch {
    // Unreadable or forbidden storage: begin with nothing typed.
    return empty;
  }
}

function write(key: string, draft: object | undefined): void {
  try {
    if (draft === undefined) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Storage may be forbidden or full: the draft then lives as long as the page.
  }
}
