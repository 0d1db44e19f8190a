/** The outcome that the stored verdicts make, and how far it may be trusted as a label. Pure. */
import { answersOfCase } from '../verdicts/task-answer.ts';
import type { Verdict } from '../verdicts/verdict.ts';
import type { LabelProvenance } from './decision.ts';
import { refuseDecision, type Refused } from './refuse-decision.ts';

export type ExpertOutcome = { kind: 'outcome'; class: string; provenance: LabelProvenance; reviewers: string[] };

export type ExpertRules = { secondReviewer: boolean; predictedClass: string | null };

/** An adjudication goes before all; without one, all who judged must say the same. */
export function outcomeOfVerdicts(verdicts: readonly Verdict[], rules: ExpertRules): ExpertOutcome | Refused {
  const answers = answersOfCase(verdicts).map(({ deciding }) => deciding);
  const judged = answers.filter(hasClass);
  const adjudication = judged.findLast(({ purpose }) => purpose === 'adjudication');
  const deciding = adjudication ?? judged[0];
  if (!deciding) return refuseDecision('NO_VERDICT', 'No verdict with an outcome is stored for this case.');
  if (!adjudication && judged.some((verdict) => verdict.class !== deciding.class)) {
    return refuseDecision('VERDICTS_DIFFER', 'The reviewers differ; an adjudicator must decide.');
  }
  if (!adjudication && rules.secondReviewer && judged.length < 2) {
    return refuseDecision('SECOND_VERDICT_MISSING', 'This service asks for two verdicts; the second one is missing.');
  }
  return {
    kind: 'outcome',
    class: deciding.class,
    provenance: provenanceOf(deciding, verdicts, rules.predictedClass),
    reviewers: [...new Set(answers.map(({ reviewer }) => reviewer))],
  };
}

/** Compares with the reviewer's first verdict on the task, also where that was taken back. */
function provenanceOf(deciding: Verdict & { class: string }, verdicts: readonly Verdict[], predictedClass: string | null): LabelProvenance {
  if (deciding.blind) return 'blind';
  const first = verdicts.find(({ userTaskKey, reviewer, step, answer }) => userTaskKey === deciding.userTaskKey && reviewer === deciding.reviewer && step === 'blind' && answer === 'class');
  if (first?.class === deciding.class) return 'after-seeing-model-kept';
  return deciding.class === predictedClass ? 'after-seeing-model-switched' : 'after-seeing-model-changed';
}

function hasClass(verdict: Verdict): verdict is Verdict & { class: string } {
  return verdict.class !== null;
}
