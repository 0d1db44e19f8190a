/** Shows its children only when the wait lasts: no skeleton flickers for a fast answer. */
import { useEffect, useState, type ReactNode } from 'react';

export function AfterDelay({ milliseconds = 300, children }: { milliseconds?: number; children: ReactNode }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), milliseconds);
    return () => clearTimeout(timer);
  }, [milliseconds]);
  return shown ? children : null;
}
