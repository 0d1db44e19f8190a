/** Short cuts: one listener for the window; the mounted handlers are asked from the newest to the oldest. */
import { useEffect, useRef } from 'react';
import { getPreferences } from '../preferences/preferences.ts';
import { keyName, mayHandle } from './key-name.ts';

/** Key name (`1`, `z`, `?`, `escape`, `ctrl+enter`, `arrowdown`, `g i`) → what it does. Return false to let it pass. */
export type KeyBindings = Readonly<Record<string, ((event: KeyboardEvent) => void | boolean) | undefined>>;

type Entry = { current: KeyBindings };

const entries: Entry[] = [];
let prefix: string | undefined;

/** Binds keys while the component is mounted. Single keys sleep while someone types, and when switched off. */
export function useKeys(bindings: KeyBindings): void {
  const entry = useRef(bindings);
  useEffect(() => {
    entry.current = bindings;
  });
  useEffect(() => {
    if (entries.length === 0) window.addEventListener('keydown', handleKey);
    entries.push(entry);
    return () => {
      entries.splice(entries.indexOf(entry), 1);
      if (entries.length === 0) window.removeEventListener('keydown', handleKey);
    };
  }, []);
}

function handleKey(event: KeyboardEvent): void {
  const name = keyName(event);
  const started = prefix;
  prefix = undefined;
  if (name === undefined || event.defaultPrevented || !mayHandle(name, event.target, getPreferences().singleKeys)) return;
  if (started !== undefined && run(`${started} ${name}`, event)) return;
  if (run(name, event)) return;
  if (name === 'g') prefix = name;
}

function run(name: string, event: KeyboardEvent): boolean {
  for (const entry of entries.toReversed()) {
    const action = entry.current[name];
    if (action === undefined || action(event) === false) continue;
    event.preventDefault();
    return true;
  }
  return false;
}
