// Why an evaluation cannot be made: its data, the model served, or the answers are not what they must be.

/**
 * - `DATA_MISSING`: the service names no file of labelled rows, or there is none of that name.
 * - `DATA_INVALID`: a line cannot be used; the sentence names file and line, never a value.
 * - `DIGEST_DIFFERS`: the endpoint serves another file than the version names.
 * - `NO_ANSWERS`: the model did not answer enough rows to be compared.
 *
 * A model that cannot be reached is no such failure but a `ServingError`: later it may work.
 */
export type EvaluationFailureReason = 'DATA_MISSING' | 'DATA_INVALID' | 'DIGEST_DIFFERS' | 'NO_ANSWERS';

export class EvaluationFailure extends Error {
  override readonly name = 'EvaluationFailure';
  readonly reason: EvaluationFailureReason;

  constructor(reason: EvaluationFailureReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
