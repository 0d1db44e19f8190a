/** What an approval would set going, as the sentence on top of the go-live page tells it. Pure. */
import type { EvaluationReport } from '../../shared/releases/evidence.ts';
import type { ReleaseDetail } from '../../shared/releases/release.ts';

export type Effect =
  /** Decides alone from `threshold` on, `share` of all cases. */
  | { kind: 'automatic'; threshold: number; share: number }
  /** No case without a person. */
  | { kind: 'pilot' }
  /** Whether it may decide alone shows only in the shadow. */
  | { kind: 'later' };

/** By the certificate of the evaluation; without one the mode of the plan, else it is left open. */
export function effectOf(detail: Pick<ReleaseDetail, 'whatHappens'>, report: Pick<EvaluationReport, 'certificate' | 'automationShare'> | undefined): Effect {
  const certificate = report?.certificate ?? null;
  if (certificate?.certified === true) return { kind: 'automatic', threshold: certificate.threshold, share: report?.automationShare ?? certificate.coverage };
  if (certificate !== null && certificate.errorReference !== 'blind-verdict') return { kind: 'pilot' };
  return detail.whatHappens.shadow === null && detail.whatHappens.mode === 'pilot' ? { kind: 'pilot' } : { kind: 'later' };
}
