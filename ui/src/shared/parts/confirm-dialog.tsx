/** Asks once more before something that cannot be taken back: what will happen, two buttons, the focus on the one that does nothing where `danger`. */
import { Button } from '@carbon/react';
import { useEffect, useRef, type ReactNode } from 'react';
import './confirm-dialog.css';

type ConfirmDialogProps = {
  title: string;
  children: ReactNode;
  confirm: string;
  cancel: string;
  danger?: boolean;
  busy: boolean;
  /** False while something that is needed is missing. */
  ready?: boolean;
  onConfirm: () => void;
  onClose: () => void;
};

export function ConfirmDialog({ title, children, confirm, cancel, danger = false, busy, ready = true, onConfirm, onClose }: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="confirm" aria-labelledby="confirm-title" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !busy) onConfirm();
        }}
      >
        <h2 id="confirm-title">{title}</h2>
        <div className="confirm__body">{children}</div>
        <div className="confirm__actions">
          <Button kind="secondary" size="md" type="button" onClick={() => dialog.current?.close()}>
            {cancel}
          </Button>
          <Button kind={danger ? 'danger' : 'primary'} size="md" type="submit" disabled={busy || !ready}>
            {confirm}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
