/** The task was taken, answered or ended meanwhile: who, that nothing was stored, what was typed, and the ways on. */
import { useState } from 'react';
import { assigneeOf, isProblem } from '../../shared/http/problem.ts';
import { Notice } from '../../shared/parts/notice.tsx';
import { useText } from '../../shared/text/use-text.ts';

type ConflictNoticeProps = { error: unknown; typed: string; onReload: () => void; onNext: () => void };

/** True for errors that a person settles by looking at the task again. */
export function isConflict(error: unknown): boolean {
  return isProblem(error, 'task-taken', 'task-answered', 'task-ended', 'verdict-refused', 'reviewer-excluded', 'task-unknown');
}

export function ConflictNotice({ error, typed, onReload, onNext }: ConflictNoticeProps) {
  const text = useText().conflict;
  const [copied, setCopied] = useState(false);
  const common = useText().common;
  const who = assigneeOf(error)?.displayName;
  const headline = isProblem(error, 'task-ended', 'task-unknown') ? text.ended : isProblem(error, 'reviewer-excluded') ? text.other : who === undefined ? text.changed : text.taken(who);
  return (
    <div className="conflict">
      <Notice kind="warning">
        <b>{headline}</b> {text.notStored}
      </Notice>
      <KeptText typed={typed} />
      <div className="actions">
        <button type="button" className="outline-button" onClick={onReload}>
          {text.reload}
        </button>
        {typed !== '' && (
          <button type="button" className="link-button" onClick={() => void navigator.clipboard.writeText(typed).then(() => setCopied(true))}>
            {copied ? common.copied : text.copy}
          </button>
        )}
        <button type="button" className="link-button" onClick={onNext}>
          {text.next}
        </button>
      </div>
    </div>
  );
}

/** What the person typed, still there although it could not be stored. */
export function KeptText({ typed }: { typed: string }) {
  const text = useText().conflict;
  if (typed === '') return null;
  return (
    <p className="conflict__kept">
      <span className="small">{text.kept}</span>
      <br />
      {typed}
    </p>
  );
}
