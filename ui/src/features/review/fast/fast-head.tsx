/** The bar of fast mode: how far, what is due, the own pace (seen by nobody else), the way out. */
import { ChevronRight } from '@carbon/react/icons';
import type { DecisionService } from '../../../shared/tasks/service.ts';
import { KeyCap } from '../../../shared/parts/key-cap.tsx';
import { useNow } from '../../../shared/time/use-now.ts';
import { useFormats, useLocal, useText } from '../../../shared/text/use-text.ts';
import type { FastRound } from './fast-round.ts';

type FastHeadProps = { service: DecisionService | undefined; round: FastRound; waiting: number; onHelp: () => void; onLeave: () => void };

/** The pace looks at this many of the latest verdicts. */
const paceOver = 10;

export function FastHead({ service, round, waiting, onHelp, onLeave }: FastHeadProps) {
  const text = useText();
  const local = useLocal();
  const format = useFormats();
  const now = useNow();
  const read = round.entries.length;
  const total = read + waiting;
  const earliest = round.queue.flatMap(({ dueAt }) => (dueAt === null ? [] : [dueAt])).sort()[0];
  const times = round.entries.slice(0, paceOver).map(({ tookMs }) => tookMs);
  const pace = times.length < 3 ? undefined : times.reduce((sum, time) => sum + time, 0) / times.length / 1000;
  return (
    <div className="fast__head">
      <div>
        <p className="fast__crumb small quiet">
          {service !== undefined && local(service.name)} <ChevronRight size={12} aria-hidden="true" /> {text.review.crumb}
        </p>
        <h1>{text.fast.title}</h1>
      </div>
      <div className="fast__progress" role="progressbar" aria-label={text.fast.readLabel(read, total)} aria-valuemin={0} aria-valuemax={total} aria-valuenow={read}>
        <i style={{ width: `${total === 0 ? 0 : (read / total) * 100}%` }} />
      </div>
      <p className="small quiet numbers">
        <b className="fast__figures">{text.fast.progress(read, total)}</b> {text.fast.readHere(waiting)}
      </p>
      <span className="grow" />
      {earliest !== undefined && <p className="small quiet fast__wide">{text.fast.oldestDue(format.moment(Date.parse(earliest), now))}</p>}
      {pace !== undefined && <p className="small quiet fast__wide">{text.fast.pace(format.number(pace, 1))}</p>}
      <button type="button" className="link-button fast__wide" aria-keyshortcuts="?" onClick={onHelp}>
        <KeyCap>?</KeyCap>
        {text.fast.keys}
      </button>
      <button type="button" className="link-button" aria-keyshortcuts="Escape" onClick={onLeave}>
        <KeyCap>Esc</KeyCap>
        {text.fast.leave}
      </button>
    </div>
  );
}
