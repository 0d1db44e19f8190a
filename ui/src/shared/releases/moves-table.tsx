/** Every move of a release, newest first: when, what, who, why, and the evidence it rests on. */
import { Link } from 'react-router';
import type { ReleaseDetail, ReleaseMove, VoteView } from './release.ts';
import { shortDigest } from './short-digest.ts';
import { Who } from './who.tsx';
import { useReleaseText } from './words/use-release-text.ts';
import { useFormats } from '../text/use-text.ts';
import type { Formats } from '../text/formats.ts';
import type { ReleaseDictionary } from './words/de.ts';
import './moves-table.css';

export function MovesTable({ detail }: { detail: ReleaseDetail }) {
  const text = useReleaseText();
  const format = useFormats();
  const words = text.timeline;
  const moves = detail.moves.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return (
    <section className="tile" aria-labelledby="moves-title">
      <div className="tile__head">
        <h2 id="moves-title">{words.every}</h2>
        <span className="tile__hint small quiet">{words.everyHint}</span>
      </div>
      <div className="tile__scroll">
        <table className="figures moves">
          <thead>
            <tr>
              <th scope="col">
                <span className="sr-only">{words.number}</span>
              </th>
              <th scope="col">{words.when}</th>
              <th scope="col">{words.move}</th>
              <th scope="col">{words.who}</th>
              <th scope="col">{words.why}</th>
              <th scope="col">{words.evidence}</th>
            </tr>
          </thead>
          <tbody>
            {moves
              .map((move, index) => (
                <tr key={`${move.at} ${move.to} ${move.share ?? ''}`}>
                  <td>
                    <span className="move-number">{index + 1}</span>
                  </td>
                  <td className="moves__when numbers">
                    <time dateTime={move.at} title={format.dateTime(Date.parse(move.at))}>
                      {format.shortMoment(Date.parse(move.at))}
                    </time>
                  </td>
                  <td className="moves__what">{wordsOfMove(move, moves[index - 1], text, format)}</td>
                  <td className="moves__who">{move.to === 'approved' ? <Voters votes={detail.decision.votes} fallback={move.by} /> : <Who who={move.by} />}</td>
                  <td className="moves__why">{whyOf(move, detail, text, format)}</td>
                  <td>
                    {move.evidenceDigest !== null && (
                      <Link className="digest" to={`/releases/${detail.release}/decision`} title={move.evidenceDigest}>
                        {shortDigest(move.evidenceDigest)}
                      </Link>
                    )}
                  </td>
                </tr>
              ))
              .toReversed()}
          </tbody>
        </table>
      </div>
      {moves.length === 0 && <p className="tile__foot quiet">{words.none}</p>}
    </section>
  );
}

function Voters({ votes, fallback }: { votes: readonly VoteView[]; fallback: ReleaseMove['by'] }) {
  const counted = votes.filter(({ counts }) => counts);
  if (counted.length === 0) return <Who who={fallback} />;
  return (
    <ul>
      {counted.map((vote) => (
        <li key={vote.vote}>
          <Who who={vote.voter} />
        </li>
      ))}
    </ul>
  );
}

function wordsOfMove(move: ReleaseMove, before: ReleaseMove | undefined, text: ReleaseDictionary, format: Formats): string {
  const name = (state: string, share: number | null) => (state === 'canary' && share !== null ? text.timeline.canaryTo(format.percent(share / 100, 0)) : (text.states[state] ?? state));
  if (move.from === null) return move.to === 'proposed' ? text.timeline.started : capital(name(move.to, move.share));
  if (move.code === 'STEP_ASKED') return text.timeline.stepAsked;
  if (move.to === 'evaluated' || move.to === 'approved') return capital(name(move.to, null));
  if (move.from === move.to && move.share !== null) return capital(text.timeline.moved(name(move.from, before?.share ?? null), format.percent(move.share / 100, 0)));
  return capital(text.timeline.moved(name(move.from, before?.share ?? null), name(move.to, move.share)));
}

/** What a person wrote stands as written; a machine's code in words where there are some. */
function whyOf(move: ReleaseMove, detail: ReleaseDetail, text: ReleaseDictionary, format: Formats): string {
  if (move.to === 'approved' && detail.terms !== null) {
    const { conditions, validUntil } = detail.terms;
    return `${conditions.length === 0 ? text.vote.approved : text.vote.approvedWith(conditions.length)}, ${text.list.until.toLowerCase()} ${format.date(Date.parse(validUntil))}`;
  }
  if (move.from === null && move.to === 'proposed' && move.text === null) return [text.sources[detail.source], detail.reference].filter((part) => part !== null && part !== undefined).join(', ');
  const words = text.moveCodes[move.code];
  return [words ?? (move.text === null ? move.code : undefined), move.text].filter((part) => part !== undefined && part !== null && part !== '').join(': ');
}

function capital(words: string): string {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
