/** The width of an element in pixels, renewed as it changes: charts draw in true pixels so that their words keep their size. */
import { useEffect, useRef, useState, type RefObject } from 'react';

export function useWidth<Kind extends Element>(): [RefObject<Kind | null>, number] {
  const place = useRef<Kind>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [place, width];
}
