/** Shows tasks to one person, as the contract describes them. What may be seen when is decided by the ledger (`readReview`). */
import {
  getPrediction,
  getRelease,
  getService,
  listReviewSteps,
  readInput,
  readReview,
  type Case,
  type Input,
  type ReviewPurpose,
  type ReviewView,
  type StoredService,
  type User,
  type Verdict,
} from '../../ledger/index.ts';
import type { OwnVerdict, Picture, Suggestion, TaskDetail, TaskSummary } from '../contract/inbox.ts';
import type { PersonRef } from '../contract/problem.ts';
import { toMinute, toMoment } from '../moment.ts';
import type { Parts } from '../parts.ts';
import { fillText } from './case-title.ts';
import { readForm, type EngineTask } from './engine-tasks.ts';
import { findPerson } from './find-person.ts';

/** A task with its case and the version of the service that the case was sent to. */
export type ReviewTask = { task: EngineTask; case: Case; service: StoredService };

const purposes: Record<string, ReviewPurpose> = { review: 'review', 'second-review': 'second-review', adjudication: 'adjudication' };

/** Which look a user task asks for: its element's id in the diagram. */
export function purposeOf(task: EngineTask): ReviewPurpose {
  return purposes[task.elementId] ?? 'review';
}

/** The rows of a list. */
export async function showTasks(parts: Parts, tasks: ReviewTask[], person: User): Promise<TaskSummary[]> {
  const steps = await listReviewSteps(parts.ledger, tasks.map(({ task }) => task.userTaskKey));
  return Promise.all(
    tasks.map(async (one) => {
      const known = steps.get(one.task.userTaskKey);
      const own = known?.reviewer === person.name ? known.step : known?.step === 'done' ? 'done' : 'blind';
      return summary(parts, one, own, await readInput(parts.ledger, one.case.caseId), await personRef(parts, one.task.assignee));
    }),
  );
}

/** One task as far as the person may see it now. */
export async function showTask(parts: Parts, one: ReviewTask, person: User): Promise<TaskDetail> {
  const { task, service } = one;
  const { definition } = service;
  const [review, input, form, assignee] = await Promise.all([
    readReview(parts.ledger, { caseId: one.case.caseId, userTaskKey: task.userTaskKey, reviewer: person.name }),
    readInput(parts.ledger, one.case.caseId),
    task.open ? readForm(parts.engine, task.userTaskKey) : null,
    personRef(parts, task.assignee),
  ]);
  // Judged by somebody else and still open: this person sees the case and nothing of what came of it.
  const others = review !== null && task.open && review.ownVerdicts.length === 0;
  const view: ReviewView = review === null || others ? { step: 'blind', ownVerdicts: [], suggestion: null, undoUntil: null } : review;
  const base = {
    ...summary(parts, one, view.step, input, assignee),
    candidateGroups: task.candidateGroups,
    may: mayDo(task, view, person),
    serviceName: definition.name,
    caseName: definition.caseName,
    question: definition.question,
    classes: definition.classes.map(({ id, label, key }) => ({ id, label, key })),
    reasonCodes: definition.review.reasonCodes,
    fields: definition.presentation.fields,
    input: input.kind === 'readable' ? { kind: 'readable' as const, values: input.input } : { kind: 'erased' as const },
    form,
    ownVerdicts: view.ownVerdicts.filter((verdict) => verdict.undoneAt === null).map(ownVerdict),
  };
  return withStep(base, view, view.suggestion === null ? null : await suggestion(parts, one.case.caseId, view.suggestion), one.case);
}

type Base = Omit<Extract<TaskDetail, { step: 'blind' }>, 'step'>;

function withStep(base: Base, view: ReviewView, shown: Suggestion | null, theCase: Case): TaskDetail {
  switch (view.step) {
    case 'blind':
      return { ...base, step: 'blind' };
    case 'compare':
      if (shown === null) throw new Error(`The second look at case ${theCase.caseId} has no suggestion.`);
      return { ...base, step: 'compare', suggestion: shown };
    case 'stored':
      if (view.undoUntil === null) return { ...base, step: 'done', suggestion: shown, decision: theCase.decision?.class ?? null };
      return { ...base, step: 'stored', suggestion: shown, undoUntil: toMoment(view.undoUntil) };
    case 'done':
      return { ...base, step: 'done', suggestion: shown, decision: theCase.decision?.class ?? null };
    default:
      return view.step satisfies never;
  }
}

/** Whether a task belongs to a person's groups, or to the person. */
export function isOffered(task: EngineTask, person: User): boolean {
  return task.assignee === person.name || task.candidateGroups.some((group) => person.groups.includes(group));
}

function mayDo(task: EngineTask, view: ReviewView, person: User): TaskDetail['may'] {
  const reviewer = person.roles.includes('expert') && isOffered(task, person) && task.open;
  const mine = task.assignee === person.name;
  const answered = view.step === 'stored' || view.step === 'done';
  return {
    claim: reviewer && task.assignee === null && !answered,
    unclaim: reviewer && mine && !answered,
    decide: reviewer && (mine || task.assignee === null) && !answered,
    undo: reviewer && mine && view.step === 'stored',
  };
}

function summary(parts: Parts, { task, case: theCase, service }: ReviewTask, step: TaskSummary['step'], input: Input, assignee: PersonRef | null): TaskSummary {
  const { presentation } = service.definition;
  const values = input.kind === 'readable' ? input.input : null;
  const fallback = { de: theCase.caseId, en: theCase.caseId };
  return {
    userTaskKey: parts.inboxSeal.sealKey(task.userTaskKey),
    caseId: theCase.caseId,
    businessId: theCase.businessId,
    service: theCase.service,
    purpose: purposeOf(task),
    title: fillText(presentation.title, presentation, values, fallback),
    subtitle: fillText(presentation.subtitle, presentation, values, service.definition.caseName),
    picture: values === null ? null : pictureOf(presentation.picture, values),
    createdAt: toMinute(task.createdAt),
    dueAt: task.dueAt === null ? null : toMinute(task.dueAt),
    completedAt: task.completedAt === null ? null : toMoment(task.completedAt),
    assignee,
    escalated: task.escalated,
    step,
  };
}

function pictureOf(picture: StoredService['definition']['presentation']['picture'], input: Record<string, unknown>): Picture | null {
  const values = picture === null ? undefined : input[picture.field];
  if (picture === null || !Array.isArray(values) || !values.every((value) => typeof value === 'number')) return null;
  return { width: picture.width, height: picture.height, max: picture.max, values };
}

function ownVerdict(verdict: Verdict): OwnVerdict {
  const { step, answer, reasonCode, text, durationMs } = verdict;
  return { step, answer, class: verdict.class, reasonCode, text, durationMs, givenAt: toMoment(verdict.givenAt) };
}

async function suggestion(parts: Parts, caseId: string, shown: NonNullable<ReviewView['suggestion']>): Promise<Suggestion> {
  const prediction = await getPrediction(parts.ledger, caseId);
  const release = prediction?.releaseId ? await getRelease(parts.ledger, prediction.releaseId) : null;
  return {
    class: shown.class,
    confidence: shown.confidence,
    probabilities: shown.probabilities,
    threshold: release?.threshold ?? null,
    reasons: shown.reasons,
    explanation: shown.explanation,
    modelName: shown.modelName,
    modelVersion: shown.modelVersion,
    release: release === null ? null : { release: release.releaseId, mode: release.mode, validUntil: toMoment(release.validUntil), demo: release.demo },
  };
}

async function personRef(parts: Parts, name: string | null): Promise<PersonRef | null> {
  return name === null ? null : findPerson(parts.ledger, name);
}

/** The version that a case was sent to; a case without its service is a defect. */
export async function serviceOfCase(parts: Parts, theCase: Case): Promise<StoredService> {
  const service = await getService(parts.ledger, theCase.service, theCase.serviceVersion);
  if (service === null) throw new Error(`Case ${theCase.caseId} belongs to ${theCase.service} version ${theCase.serviceVersion}, which is not in the ledger.`);
  return service;
}
