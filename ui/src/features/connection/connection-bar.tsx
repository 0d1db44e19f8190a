/** Says that the product cannot be reached, since when, and how many verdicts wait to be sent. */
import { WarningAlt } from '@carbon/react/icons';
import { useEffect } from 'react';
import { probe, useConnection } from '../../shared/connection/connection.ts';
import { useFormats, useText } from '../../shared/text/use-text.ts';
import './connection-bar.css';

export function ConnectionBar() {
  const text = useText().connection;
  const format = useFormats();
  const { lostSince, waiting, returned } = useConnection();
  useEffect(() => {
    if (waiting === 0) return undefined;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', hold);
    return () => window.removeEventListener('beforeunload', hold);
  }, [waiting]);
  return (
    <div role="status" className="connection">
      {lostSince === undefined && returned && <span className="sr-only">{text.back}</span>}
      {lostSince !== undefined && (
        <div className="connection__bar">
          <WarningAlt size={20} aria-hidden="true" />
          <span>
            <b>{text.lost(format.time(lostSince))}</b> {text.kept} {waiting > 0 && text.waiting(waiting)}
          </span>
          <button type="button" className="link-button" onClick={() => void probe()}>
            {text.tryNow}
          </button>
        </div>
      )}
    </div>
  );
}
