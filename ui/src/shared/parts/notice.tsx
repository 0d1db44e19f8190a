/** A sentence that stands out: information, warning or error, with a sign besides its colour. */
import { ErrorFilled, Information, WarningAlt } from '@carbon/react/icons';
import type { ReactNode } from 'react';

type Kind = 'info' | 'warning' | 'error';

const icons = { info: Information, warning: WarningAlt, error: ErrorFilled } satisfies Record<Kind, unknown>;

export function Notice({ kind, children, announce = true }: { kind: Kind; children: ReactNode; announce?: boolean }) {
  const Icon = icons[kind];
  return (
    <div className={`notice notice--${kind}`} {...(announce ? { role: kind === 'error' ? 'alert' : 'status' } : {})}>
      <Icon size={16} aria-hidden="true" />
      <div>{children}</div>
    </div>
  );
}
