/** The two lists of this place beside one another: releases and models. */
import { Link } from 'react-router';
import { useReleaseText } from './words/use-release-text.ts';
import './place-tabs.css';

export function PlaceTabs({ current }: { current: 'releases' | 'models' }) {
  const text = useReleaseText().places;
  return (
    <nav className="place-tabs" aria-label={text.label}>
      {(['releases', 'models'] as const).map((place) => (
        <Link key={place} to={`/${place}`} className="place-tabs__place" aria-current={place === current ? 'page' : undefined}>
          {text[place]}
        </Link>
      ))}
    </nav>
  );
}
