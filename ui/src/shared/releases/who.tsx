/** Who did something: a person with the person's mark, an application by its name, or the product by itself. */
import type { Actor } from './release.ts';
import { useReleaseText } from './words/use-release-text.ts';

type Person = { name: string; displayName: string };

export function Who({ who }: { who: Actor | Person }) {
  const text = useReleaseText();
  if ('displayName' in who) {
    return (
      <span className="who">
        <i className="mark mark--person" aria-hidden="true" />
        {who.displayName}
      </span>
    );
  }
  return who.kind === 'system' ? <span className="quiet">{text.byItself}</span> : <span className="who">{text.application(who.name)}</span>;
}
