/** Parts of the pages that are loaded when first needed, past a lost connection and past a new build of the pages. */
import { lazy, type ComponentType } from 'react';
import { connectionBack, probe } from '../connection/connection.ts';

const reloadedKey = 'stellwerk.reloaded-at';
/** A page that cannot be mended by loading it anew is not loaded anew for ever. */
const reloadEveryMs = 30_000;

/** Like `lazy` of React. */
export function loadPart<Props>(load: () => Promise<{ default: ComponentType<Props> }>) {
  return lazy(() => loaded(load));
}

async function loaded<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch {
    // Either the product cannot be reached, or its pages were built anew since this one was opened.
    await probe();
    await connectionBack();
  }
  try {
    return await load();
  } catch (error) {
    if (!mayReload()) throw error;
    window.location.reload();
    return new Promise(() => undefined);
  }
}

function mayReload(): boolean {
  try {
    const last = Number(sessionStorage.getItem(reloadedKey) ?? 0);
    if (Date.now() - last < reloadEveryMs) return false;
    sessionStorage.setItem(reloadedKey, String(Date.now()));
    return true;
  } catch {
    // Without a memory it could go on for ever: the page says that it is broken instead.
    return false;
  }
}
