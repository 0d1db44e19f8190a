/** Who voted what, what is still open, and which votes count no more and why. */
import { Checkmark, Close, Help } from '@carbon/react/icons';
import { changedSince } from './changed-since.ts';
import { shortDigest } from '../../shared/releases/short-digest.ts';
import type { ReleaseDetail, VoteView } from '../../shared/releases/release.ts';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';
import { useFormats } from '../../shared/text/use-text.ts';
import { initials } from '../../shared/text/initials.ts';

type Me = { name: string; displayName: string };
type Needed = ReleaseDetail['decision']['needed'];

export function Votes({ detail, me }: { detail: ReleaseDetail; me: Me }) {
  const text = useReleaseText();
  const { needed, votes, bundleDigest } = detail.decision;
  const standing = votes.filter((vote) => vote.void === null);
  const fallen = votes.filter((vote) => vote.void !== null);
  const have = needed.filter(({ by }) => by !== null).length;
  const open = needed.filter(({ by }) => by === null);
  const words = text.vote;
  return (
    <section aria-labelledby="votes">
      <h2 id="votes" className="decision__head">
        {words.votes} {needed.length > 0 && <span className="small quiet">{needed.length > 1 && distinct(needed) ? words.ofRoles(have, needed.length) : words.of(have, needed.length)}</span>}
      </h2>
      {standing.length === 0 && <p className="quiet">{words.none}</p>}
      <ul>
        {standing.map((vote) => (
          <GivenVote key={vote.vote} vote={vote} detail={detail} me={me} />
        ))}
        {open.map(({ roles }, index) => (
          <OpenVote key={index} roles={roles} me={detail.voting.allowed && index === 0 ? me : undefined} trainerKnown={detail.trainedBy !== null} />
        ))}
      </ul>
      {bundleDigest !== null && (
        <p className="small quiet votes__bound">
          {words.bound.before}{' '}
          <span className="digest" title={bundleDigest}>
            {shortDigest(bundleDigest)}
          </span>
          . {words.bound.after}
        </p>
      )}
      {fallen.length > 0 && (
        <ul className="votes__fallen">
          {fallen.map((vote) => (
            <GivenVote key={vote.vote} vote={vote} detail={detail} me={me} />
          ))}
        </ul>
      )}
    </section>
  );
}

const signs = { approve: Checkmark, 'ask-back': Help, reject: Close } satisfies Record<VoteView['answer'], unknown>;

function GivenVote({ vote, detail, me }: { vote: VoteView; detail: ReleaseDetail; me: Me }) {
  const text = useReleaseText();
  const format = useFormats();
  const words = text.vote;
  const Sign = signs[vote.answer];
  const changed = vote.void === 'EVIDENCE_CHANGED' ? changedSince(detail.evidence, vote) : [];
  const said = vote.answer === 'approve' ? (vote.conditions.length === 0 ? words.approved : words.approvedWith(vote.conditions.length)) : vote.answer === 'reject' ? words.rejected : words['ask-back'];
  return (
    <li className={`vote${vote.void === null ? '' : ' vote--void'}`}>
      <span className="vote__ring vote__ring--given" aria-hidden="true">
        {initials(vote.voter.displayName)}
      </span>
      <div>
        <span className="vote__name">{vote.voter.displayName}</span> {vote.voter.name === me.name && <span className="small">{text.you}</span>}
        <div className="small quiet">
          {said}, {text.roles[vote.role] ?? vote.role}, {format.shortMoment(Date.parse(vote.at))}
        </div>
      </div>
      {vote.void === null ? <Sign size={20} aria-hidden="true" /> : <span className="small">{words.void}</span>}
      {vote.void !== null && (
        <p className="vote__reason small">
          {words.voidFor[vote.void]} {changed.length > 0 && words.voidedChanged(changed.map((kind) => text.goLive.parts[kind] ?? kind).join(', '))}
        </p>
      )}
      {vote.reason !== null && <p className="vote__reason small quiet">{text.goLive.quote(vote.reason)}</p>}
    </li>
  );
}

/** An approval that is missing; the first one is the reader's, where the reader may give it. */
function OpenVote({ roles, me, trainerKnown }: { roles: readonly string[]; me: Me | undefined; trainerKnown: boolean }) {
  const text = useReleaseText();
  const names = roles.map((role) => text.roles[role] ?? role).join(` ${text.or} `);
  return (
    <li className="vote">
      <span className="vote__ring" aria-hidden="true">
        {me === undefined ? '' : initials(me.displayName)}
      </span>
      <div>
        {me === undefined ? (
          names
        ) : (
          <>
            {me.displayName} <span className="small">{text.you}</span>
            <div className="small quiet">{trainerKnown ? text.vote.standing.neither : text.vote.standing.trainerUnknown}</div>
          </>
        )}
      </div>
      <span className="small quiet">{text.vote.open}</span>
    </li>
  );
}

/** Each approval must come from another role. */
function distinct(needed: Needed): boolean {
  return new Set(needed.map(({ roles }) => roles.join())).size === needed.length;
}
