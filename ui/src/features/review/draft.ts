/** What a person typed about a task, kept for this window until it is stored: a reload or a conflict loses nothing. */
import { useState } from 'react';

export type Draft = { choice: string | null; reasonCode: string | null; text: string };

const empty: Draft = { choice: null, reasonCode: null, text: '' };

export function useDraft(userTaskKey: string): { draft: Draft; change: (change: Partial<Draft>) => void; clear: () => void } {
  const key = `stellwerk.draft.${userTaskKey}`;
  const [draft, setDraft] = useState<Draft>(() => read(key));
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

function read(key: string): Draft {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? '{}');
    return typeof stored === 'object' && stored !== null ? { ...empty, ...stored } : empty;
  } catch {
    // Unreadable or forbidden storage: begin with nothing typed.
    return empty;
  }
}

function write(key: string, draft: Draft | undefined): void {
  try {
    if (draft === undefined) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Storage may be forbidden or full: the draft then lives as long as the page.
  }
}
