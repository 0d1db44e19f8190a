/** The state of a release as a word with a sign. */
import { Checkmark, Close, Cut, Hourglass, Renew, View } from '@carbon/react/icons';
import type { ReleaseState } from './release.ts';
import { useReleaseText } from './words/use-release-text.ts';
import { useFormats } from '../text/use-text.ts';

const looks: Partial<Record<ReleaseState, { kind: string; Sign: typeof Checkmark }>> = {
  live: { kind: 'tag--live', Sign: Checkmark },
  shadow: { kind: 'tag--model', Sign: View },
  canary: { kind: 'tag--model', Sign: Cut },
  renewed: { kind: 'tag--quiet', Sign: Renew },
  expired: { kind: 'tag--warn', Sign: Hourglass },
  rejected: { kind: 'tag--quiet', Sign: Close },
};

export function StateTag({ state, share }: { state: ReleaseState; share: number }) {
  const text = useReleaseText();
  const format = useFormats();
  const look = looks[state];
  return (
    <span className={`tag ${look?.kind ?? ''}`}>
      {look !== undefined && <look.Sign size={14} aria-hidden="true" />}
      {state === 'canary' ? text.list.canary(format.percent(share / 100, 0)) : (text.states[state] ?? state)}
    </span>
  );
}
