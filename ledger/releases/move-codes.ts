/** Codes of moves that the ledger itself writes and reads; processes have their own beside these. */

/** A person stopped the release on its way: nothing goes on, its share is 0. */
export const stopAskedCode = 'STOP_ASKED';
/** The watch asks people what comes next; the reason is behind it. Moves of this kind are notes on a live release. */
export const reassessmentPrefix = 'REASSESSMENT_';
/** A person ended the wait of a step. */
export const stepAskedCode = 'STEP_ASKED';
