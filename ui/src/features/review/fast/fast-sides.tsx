/** Left and right of fast mode: what was just answered, with undo, and the next cases, already loaded. */
import { Checkmark, WarningAlt } from '@carbon/react/icons';
import { KeyCap } from '../../../shared/parts/key-cap.tsx';
import { PixelPicture } from '../../../shared/parts/pixel-picture.tsx';
import { useHoldUndo } from '../../../shared/tasks/use-hold-undo.ts';
import { useNow } from '../../../shared/time/use-now.ts';
import { useText } from '../../../shared/text/use-text.ts';
import { undoable, type FastEntry, type FastRound, type FastStage, type FastStatus } from './fast-round.ts';

const shownEntries = 6;
const shownNext = 5;

export function JustNow({ round, onUndo, onHeld }: { round: FastRound; onUndo: () => void; onHeld: (userTaskKey: string, until: number) => void }) {
  const text = useText();
  const now = useNow(500);
  const canUndo = undoable(round, now);
  return (
    <section className="fast__side fast__side--left" aria-label={text.fast.justNow}>
      <h2>{text.fast.justNow}</h2>
      {round.entries.length === 0 && <p className="small quiet">{text.fast.nothingYet}</p>}
      <ul className="fast__past">
        {round.entries.slice(0, shownEntries).map((entry) => (
          <Entry key={entry.task.userTaskKey} entry={entry} onUndo={entry === canUndo ? onUndo : undefined} onHeld={onHeld} />
        ))}
      </ul>
      <p className="small quiet fast__explain">{text.fast.explain}</p>
    </section>
  );
}

function Entry({ entry, onUndo, onHeld }: { entry: FastEntry; onUndo: (() => void) | undefined; onHeld: (userTaskKey: string, until: number) => void }) {
  const text = useText();
  const { userTaskKey, picture } = entry.task;
  const { place } = useHoldUndo({ userTaskKey, until: onUndo === undefined ? undefined : entry.undoUntil, onHeld: (until) => onHeld(userTaskKey, until) });
  return (
    <li className={onUndo === undefined ? '' : 'fast__latest'} {...place}>
      {picture && <PixelPicture pixels={picture} size={48} />}
      <div>
        <p className="fast__given">{entry.words}</p>
        <StatusLine entry={entry} />
      </div>
      {onUndo !== undefined && (
        <button type="button" className="outline-button" aria-keyshortcuts="z" onClick={onUndo}>
          <KeyCap>z</KeyCap>
          {text.undo.undo}
        </button>
      )}
    </li>
  );
}

function StatusLine({ entry }: { entry: FastEntry }) {
  const text = useText();
  const words: Record<FastStatus, string> = {
    sending: text.review.storing,
    recorded: text.fast.recorded,
    same: text.fast.same,
    'second-look': text.review.secondLook,
    kept: text.fast.keptOwn,
    switched: text.fast.switched,
    failed: text.fast.notStored,
  };
  return (
    <p className="fast__status small">
      <StatusMark status={entry.status} />
      {words[entry.status]}
    </p>
  );
}

function StatusMark({ status }: { status: FastStatus }) {
  switch (status) {
    case 'same':
    case 'switched':
      return <span className="mark mark--model" />;
    case 'kept':
    case 'second-look':
      return <span className="mark mark--person" />;
    case 'failed':
      return <WarningAlt size={12} aria-hidden="true" />;
    case 'recorded':
    case 'sending':
      return <Checkmark size={12} aria-hidden="true" />;
    default:
      return status satisfies never;
  }
}

export function NextCases({ round, stage }: { round: FastRound; stage: FastStage }) {
  const text = useText();
  const next = round.queue.slice(stage.kind === 'blind' ? 1 : 0);
  return (
    <section className="fast__side fast__side--right" aria-label={text.fast.next}>
      <h2>
        {text.fast.next}
        <span className="tag">
          <Checkmark size={12} aria-hidden="true" />
          {text.fast.loaded(next.length)}
        </span>
      </h2>
      <ul className="fast__next">{next.slice(0, shownNext).map((task, index) => task.picture && <li key={task.userTaskKey}><PixelPicture pixels={task.picture} size={index === 0 ? 112 : 80} /></li>)}</ul>
    </section>
  );
}
