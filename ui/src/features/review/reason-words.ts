/** Why a case came to people, as a sentence with its figure where there is one. */
import type { Suggestion } from '../../shared/tasks/task.ts';
import type { Dictionary } from '../../shared/text/de.ts';
import type { Formats } from '../../shared/text/formats.ts';

/** That a case was an audit is never said to a reviewer; the API does not send it, and there is no word for it here. */
export type ShownReason = Exclude<Suggestion['reasons'][number], 'AUDIT_SAMPLE'>;

export function reasonInWords(reason: ShownReason, suggestion: Suggestion, suggested: string, text: Dictionary, format: Formats): string {
  const { threshold, confidence } = suggestion;
  if (reason === 'LOW_CONFIDENCE' && threshold !== null) {
    return confidence < threshold ? text.reasonWords.lowConfidenceBy(format.points(threshold - confidence)) : text.reasonWords.classNotAutomatic(suggested);
  }
  return text.reasons[reason];
}
