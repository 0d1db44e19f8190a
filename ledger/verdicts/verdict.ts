/** What an expert answered, in which order, and what follows from it. */
import type { Explanation } from '../predictions/prediction.ts';
import type { ReasonCode } from '../cases/reason-code.ts';

/** Which user task of the process asked. Each asks blind first. */
export type ReviewPurpose = 'review' | 'second-review' | 'adjudication';

/** `need-information` and `not-mine` leave the user task open; the others answer it. */
export type VerdictAnswer = 'class' | 'cannot-judge' | 'need-information' | 'not-mine';

/** How a blind verdict stands to the model's suggestion; it decides the next step. */
export type VerdictOutcome = 'agrees' | 'differs' | 'no-suggestion' | 'audit';

export type Verdict = {
  verdictId: string;
  caseId: string;
  userTaskKey: string;
  purpose: ReviewPurpose;
  step: 'blind' | 'final';
  answer: VerdictAnswer;
  /** Set exactly when the answer is `class`. */
  class: string | null;
  reviewer: string;
  /** False for a final verdict, and for a verdict given anew after an undo that followed a sight of the suggestion. */
  blind: boolean;
  outcome: VerdictOutcome | null;
  reasonCode: string | null;
  /** Free text from the vault; null where none was typed or its key was erased. */
  text: string | null;
  /** Milliseconds from opening the task to this answer, as the page measured it; null where it did not. */
  durationMs: number | null;
  givenAt: number;
  undoneAt: number | null;
};

export type BlindVerdictRequest = {
  caseId: string;
  userTaskKey: string;
  reviewer: string;
  purpose?: ReviewPurpose;
  answer: { kind: 'class'; class: string } | { kind: 'cannot-judge'; text?: string };
  durationMs?: number;
};

export type FinalVerdictRequest = {
  caseId: string;
  userTaskKey: string;
  reviewer: string;
  class: string;
  reasonCode?: string;
  text?: string;
  durationMs?: number;
};

/** An answer that leaves the task open: information is needed, or the case belongs to someone else. */
export type OpenAnswerRequest = {
  caseId: string;
  userTaskKey: string;
  reviewer: string;
  purpose?: ReviewPurpose;
  answer: 'need-information' | 'not-mine';
  text?: string;
};

export type VerdictRefusal =
  | 'CASE_UNKNOWN'
  | 'NOT_IN_REVIEW'
  | 'CLASS_UNKNOWN'
  | 'ALREADY_ANSWERED'
  | 'NO_BLIND_VERDICT'
  | 'NO_SECOND_LOOK'
  | 'OTHER_REVIEWER'
  | 'SAME_REVIEWER'
  | 'REASON_MISSING'
  | 'REASON_UNKNOWN';

export type StoreVerdictResult =
  | {
      kind: 'stored';
      verdict: Verdict;
      /** `compare`: the suggestion may be shown and a final verdict is asked for; `done`: the task is answered. */
      next: 'compare' | 'done' | 'open';
      /** Until when `undoVerdict` takes it back; null where the task is not answered yet. */
      undoUntil: number | null;
    }
  | { kind: 'refused'; reason: VerdictRefusal; message: string };

export type UndoResult =
  | { kind: 'undone'; verdict: Verdict }
  | { kind: 'refused'; reason: 'NOTHING_TO_UNDO' | 'TOO_LATE' | 'OTHER_REVIEWER'; message: string };

export type HoldResult =
  | { kind: 'held'; undoUntil: number }
  | { kind: 'refused'; reason: 'NOTHING_TO_UNDO' | 'TOO_LATE' | 'OTHER_REVIEWER'; message: string };

/**
 * What a reviewer may see of one user task now. `suggestion` is null unless the step is `compare`, or the task is
 * answered (`stored`, `done`) and had a second look; never for an audit. Reasons never hold AUDIT_SAMPLE.
 */
export type ReviewView = {
  step: 'blind' | 'compare' | 'stored' | 'done';
  ownVerdicts: Verdict[];
  suggestion: {
    class: string;
    confidence: number;
    probabilities: Record<string, number>;
    reasons: ReasonCode[];
    explanation: Explanation | null;
    modelName: string;
    modelVersion: string;
  } | null;
  undoUntil: number | null;
};
