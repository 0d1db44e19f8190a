/** What reviewers do with a task: take it, give it back, answer it, take an answer back. The ledger is told first. */
import {
  holdVerdict,
  storeBlindVerdict,
  storeFinalVerdict,
  storeOpenAnswer,
  undoVerdict,
  type StoreVerdictResult,
  type User,
  type VerdictRefusal,
} from '../../ledger/index.ts';
import type { BlindVerdict, FinalVerdict, TaskDetail, UndoHold, VerdictResult } from '../contract/inbox.ts';
import type { ProblemName } from '../contract/problem.ts';
import { toMoment } from '../moment.ts';
import { Problem } from '../problem.ts';
import type { Parts } from '../parts.ts';
import { claim, unclaim } from './engine-tasks.ts';
import { findPerson } from './find-person.ts';
import { findTask } from './find-tasks.ts';
import { isOffered, purposeOf, showTask, type ReviewTask } from './task-view.ts';

export async function claimTask(parts: Parts, sealedKey: string, person: User): Promise<TaskDetail> {
  const one = await taskToAnswer(parts, sealedKey, person);
  return showTask(parts, await mine(parts, one, person), person);
}

export async function unclaimTask(parts: Parts, sealedKey: string, person: User): Promise<TaskDetail> {
  const one = await taskToAnswer(parts, sealedKey, person);
  await refuseWhereTaken(parts, one, person);
  return showTask(parts, one.task.assignee === null ? one : await givenBack(parts, one), person);
}

export async function giveVerdict(parts: Parts, sealedKey: string, person: User, verdict: BlindVerdict): Promise<VerdictResult> {
  const one = await mine(parts, await taskToAnswer(parts, sealedKey, person), person);
  const answer =
    'class' in verdict ? { kind: 'class' as const, class: verdict.class } : { kind: 'cannot-judge' as const, ...(verdict.text === undefined ? {} : { text: verdict.text }) };
  const result = await storeBlindVerdict(parts.ledger, { ...keysOf(one, person), answer, ...durationOf(verdict) });
  return told(parts, one, person, stored(result));
}

export async function giveFinalVerdict(parts: Parts, sealedKey: string, person: User, verdict: FinalVerdict): Promise<VerdictResult> {
  const one = await mine(parts, await taskToAnswer(parts, sealedKey, person), person);
  const { reasonCode, text } = verdict;
  const result = await storeFinalVerdict(parts.ledger, {
    ...keysOf(one, person),
    class: verdict.class,
    ...(reasonCode === undefined ? {} : { reasonCode }),
    ...(text === undefined ? {} : { text }),
    ...durationOf(verdict),
  });
  return told(parts, one, person, stored(result));
}

/** `not-mine` also gives the task back; `need-information` keeps it. */
export async function giveOpenAnswer(
  parts: Parts,
  sealedKey: string,
  person: User,
  given: { answer: 'need-information' | 'not-mine'; text?: string | undefined },
): Promise<VerdictResult> {
  const one = await mine(parts, await taskToAnswer(parts, sealedKey, person), person);
  const { answer, text } = given;
  const result = stored(await storeOpenAnswer(parts.ledger, { ...keysOf(one, person), answer, ...(text === undefined ? {} : { text }) }));
  return told(parts, answer === 'not-mine' ? await givenBack(parts, one) : one, person, result);
}

export async function undo(parts: Parts, sealedKey: string, person: User): Promise<TaskDetail> {
  const one = await findTask(parts, sealedKey, person);
  const result = await undoVerdict(parts.ledger, { caseId: one.case.caseId, userTaskKey: one.task.userTaskKey, reviewer: person.name });
  if (result.kind === 'undone') return showTask(parts, one, person);
  if (result.reason === 'OTHER_REVIEWER') await refuseWhereTaken(parts, one, person);
  throw new Problem('undo-too-late', result.message);
}

/** More time to take an answer back, for as long as the person is at the offer. */
export async function hold(parts: Parts, sealedKey: string, person: User): Promise<UndoHold> {
  const one = await findTask(parts, sealedKey, person);
  const result = await holdVerdict(parts.ledger, { caseId: one.case.caseId, userTaskKey: one.task.userTaskKey, reviewer: person.name });
  if (result.kind === 'held') return { undoUntil: toMoment(result.undoUntil) };
  if (result.reason === 'OTHER_REVIEWER') await refuseWhereTaken(parts, one, person);
  throw new Problem('undo-too-late', result.message);
}

const keysOf = ({ task, case: theCase }: ReviewTask, person: User) => ({ caseId: theCase.caseId, userTaskKey: task.userTaskKey, reviewer: person.name, purpose: purposeOf(task) });

const durationOf = ({ durationMs }: { durationMs?: number | undefined }) => (durationMs === undefined ? {} : { durationMs });

/** An open task that is offered to the person. A reader of all tasks may see it and still not answer it. */
async function taskToAnswer(parts: Parts, sealedKey: string, person: User): Promise<ReviewTask> {
  const one = await findTask(parts, sealedKey, person);
  if (!isOffered(one.task, person)) throw new Problem('role-missing', 'This task is for another group; you can only look at it.');
  if (!one.task.open) throw taskEnded();
  return one;
}

const taskEnded = () => new Problem('task-ended', 'The task has ended in the meantime; what you entered was not stored.');

/** The same task, now in the hands of the person; 409 says who has it otherwise. */
async function mine(parts: Parts, one: ReviewTask, person: User): Promise<ReviewTask> {
  await refuseWhereTaken(parts, one, person);
  if (one.task.assignee === person.name) return one;
  const result = await claim(parts.engine, parts.claims, one.task.userTaskKey, person.name);
  if (result.kind === 'ended') throw taskEnded();
  if (result.kind === 'taken') throw await taskTaken(parts, result.by);
  return { ...one, task: { ...one.task, assignee: person.name } };
}

async function refuseWhereTaken(parts: Parts, { task }: ReviewTask, person: User): Promise<void> {
  if (task.assignee !== null && task.assignee !== person.name) throw await taskTaken(parts, task.assignee);
}

async function taskTaken(parts: Parts, by: string | null): Promise<Problem> {
  if (by === null) return new Problem('task-taken', 'Somebody else took this task a moment ago. What you entered was not stored.');
  const assignee = await findPerson(parts.ledger, by);
  return new Problem('task-taken', `${assignee.displayName} has this task. What you entered was not stored.`, { assignee });
}

async function givenBack(parts: Parts, one: ReviewTask): Promise<ReviewTask> {
  if (!(await unclaim(parts.engine, parts.claims, one.task.userTaskKey))) throw taskEnded();
  return { ...one, task: { ...one.task, assignee: null } };
}

type Stored = Extract<StoreVerdictResult, { kind: 'stored' }>;

const refusals = {
  CASE_UNKNOWN: 'task-unknown',
  NOT_IN_REVIEW: 'verdict-refused',
  CLASS_UNKNOWN: 'verdict-invalid',
  ALREADY_ANSWERED: 'task-answered',
  NO_BLIND_VERDICT: 'verdict-refused',
  NO_SECOND_LOOK: 'verdict-refused',
  OTHER_REVIEWER: 'task-taken',
  SAME_REVIEWER: 'reviewer-excluded',
  REASON_MISSING: 'verdict-invalid',
  REASON_UNKNOWN: 'verdict-invalid',
} as const satisfies Record<VerdictRefusal, ProblemName>;

function stored(result: StoreVerdictResult): Stored {
  if (result.kind === 'stored') return result;
  throw new Problem(refusals[result.reason], result.message);
}

/** The outcome in the words of the contract: an audit and a case without a suggestion look the same. */
async function told(parts: Parts, one: ReviewTask, person: User, { verdict, next }: Stored): Promise<VerdictResult> {
  const outcome = next === 'compare' ? 'differs' : verdict.step === 'final' || verdict.answer !== 'class' ? 'answered' : verdict.outcome === 'agrees' ? 'agrees' : 'recorded';
  return { outcome, task: await showTask(parts, one, person) };
}
