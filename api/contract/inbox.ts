/**
 * The inbox's own calls. Blind first: until a person's verdict on a task is stored, nothing here shows, sorts or
 * filters by score, reason, release or audit status; and whether a case was an audit is never said to a reviewer.
 */
import { z } from 'zod';
import { CaseId } from './cases.ts';
import { FieldText, OutcomeClass } from './decision-services.ts';
import { operation, type PersonRole } from './operation.ts';
import { PersonRef } from './problem.ts';
import { Cursor, Moment, PageLimit, ReasonCode, Text } from './values.ts';

/** Who may open the inbox; only experts decide in it, others with these roles read. */
const inboxReaders = ['expert', 'auditor', 'administrator', 'process-owner'] as const satisfies readonly PersonRole[];
const reviewers = ['expert'] as const satisfies readonly PersonRole[];

export const inboxLists = ['mine', 'groups', 'unassigned', 'all', 'done'] as const;
export const InboxList = z.enum(inboxLists);
export type InboxList = z.infer<typeof InboxList>;

/**
 * Where the person who asks stands with a task. `blind`: no verdict of theirs yet. `compare`: it differs from the
 * model's suggestion, a final verdict is asked for. `stored`: answered, can be undone. `done`: handed on.
 */
export const ReviewStep = z.enum(['blind', 'compare', 'stored', 'done']);
export type ReviewStep = z.infer<typeof ReviewStep>;

/** Grey values row by row, 0 = white to `max` = black. */
export const Picture = z.strictObject({ width: z.int(), height: z.int(), max: z.number(), values: z.array(z.number()) }).meta({ id: 'Picture' });
export type Picture = z.infer<typeof Picture>;

/** A user task, sealed: the engine's own keys are one running number, and its gaps would tell audits from other cases. */
export const TaskKey = z.string().regex(/^[\w-]{22}$/, 'must be the key of a task as the lists of the inbox give it');

export const TaskSummary = z
  .strictObject({
    userTaskKey: TaskKey,
    caseId: CaseId,
    businessId: z.string().nullable(),
    service: z.string(),
    /** Which look this is: the first, a second reviewer's, or the settling of a disagreement. */
    purpose: z.enum(['review', 'second-review', 'adjudication']),
    /** Filled in from the input, with codes in words. The case's id where the input was erased. */
    title: Text,
    subtitle: Text,
    picture: Picture.nullable(),
    /** Whole minutes, both: finer ones would tell an audit from other cases. */
    createdAt: Moment,
    dueAt: Moment.nullable(),
    /** Only in the list `done`. */
    completedAt: Moment.nullable(),
    assignee: PersonRef.nullable(),
    escalated: z.boolean(),
    step: ReviewStep,
  })
  .meta({ id: 'TaskSummary' });
export type TaskSummary = z.infer<typeof TaskSummary>;

export const TaskCounts = z.strictObject({ mine: z.int(), groups: z.int(), unassigned: z.int(), all: z.int(), done: z.int() }).meta({ id: 'TaskCounts' });
export type TaskCounts = z.infer<typeof TaskCounts>;

export const TaskPage = z
  .strictObject({
    items: z.array(TaskSummary),
    /** Of all lists, with the same filters. `groups`: of my groups, whoever has them; `unassigned`: those that nobody has. */
    counts: TaskCounts,
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'TaskPage' });
export type TaskPage = z.infer<typeof TaskPage>;

/** What an expert answered to this task, their own answers only, in order; undone ones are left out. */
export const OwnVerdict = z
  .strictObject({
    step: z.enum(['blind', 'final']),
    answer: z.enum(['class', 'cannot-judge', 'need-information', 'not-mine']),
    class: z.string().nullable(),
    reasonCode: z.string().nullable(),
    text: z.string().nullable(),
    givenAt: Moment,
    durationMs: z.number().nullable(),
  })
  .meta({ id: 'OwnVerdict' });
export type OwnVerdict = z.infer<typeof OwnVerdict>;

/** Signed contributions per input field to the probability of `class`: base value plus their sum is the prediction. */
export const Explanation = z
  .strictObject({
    method: z.string(),
    class: z.string(),
    baseValue: z.number(),
    prediction: z.number(),
    attributions: z.record(z.string(), z.number()),
    /** How far the sum may be off, because it was sampled. */
    tolerance: z.number().nullable(),
  })
  .meta({ id: 'Explanation' });
export type Explanation = z.infer<typeof Explanation>;

/** What the model said, shown in the second look only. */
export const Suggestion = z
  .strictObject({
    class: z.string(),
    confidence: z.number(),
    probabilities: z.record(z.string(), z.number()),
    /** From which confidence on the model may act alone; null in a pilot. */
    threshold: z.number().nullable(),
    reasons: z.array(ReasonCode),
    explanation: Explanation.nullable(),
    modelName: z.string(),
    modelVersion: z.string(),
    /** Of the release that the case was scored under; null where there was none. */
    release: z.strictObject({ release: z.string(), mode: z.enum(['pilot', 'automatic']), validUntil: Moment, demo: z.boolean() }).nullable(),
  })
  .meta({ id: 'Suggestion' });
export type Suggestion = z.infer<typeof Suggestion>;

/** The input of the case, or why it cannot be read: then *cannot judge* is the honest answer. */
export const TaskInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('readable'), values: z.record(z.string(), z.unknown()) }),
  z.strictObject({ kind: z.literal('erased') }),
]);

const taskDetailBase = {
  ...TaskSummary.shape,
  candidateGroups: z.array(z.string()),
  /** What this person may do with the task now. `decide` is also true where answering would claim it first. */
  may: z.strictObject({ claim: z.boolean(), unclaim: z.boolean(), decide: z.boolean(), undo: z.boolean() }),
  serviceName: Text,
  caseName: Text,
  question: Text,
  classes: z.array(OutcomeClass.omit({ automatic: true })),
  /** Reasons to choose from in the second look. */
  reasonCodes: z.array(z.strictObject({ id: z.string(), label: Text, key: z.string() })),
  /** How fields and codes are named. */
  fields: z.record(z.string(), FieldText),
  input: TaskInput,
  /** The linked form (form-js schema), filled with `input`; null where the process names none. */
  form: z.strictObject({ formId: z.string().nullable(), version: z.int(), schema: z.record(z.string(), z.unknown()) }).nullable(),
  ownVerdicts: z.array(OwnVerdict),
};

/** One task, by step: what is not in a step's shape is not known at that step. */
export const TaskDetail = z
  .discriminatedUnion('step', [
    z.strictObject({ ...taskDetailBase, step: z.literal('blind') }),
    z.strictObject({ ...taskDetailBase, step: z.literal('compare'), suggestion: Suggestion }),
    /** `suggestion` again where there was a second look; `undoUntil` the last moment of undo. */
    z.strictObject({ ...taskDetailBase, step: z.literal('stored'), suggestion: Suggestion.nullable(), undoUntil: Moment }),
    /** `decision` once the case is decided (a second reviewer may still be asked). */
    z.strictObject({ ...taskDetailBase, step: z.literal('done'), suggestion: Suggestion.nullable(), decision: z.string().nullable() }),
  ])
  .meta({ id: 'TaskDetail' });
export type TaskDetail = z.infer<typeof TaskDetail>;

/**
 * What came of a verdict. `agrees`: same as the model, answered. `differs`: the second look opens. `recorded`: the verdict
 * counts alone (there is no suggestion to show). `answered`: a final verdict, or an answer that is not a class.
 */
export const VerdictResult = z
  .strictObject({ outcome: z.enum(['agrees', 'differs', 'recorded', 'answered']), task: TaskDetail })
  .meta({ id: 'VerdictResult' });
export type VerdictResult = z.infer<typeof VerdictResult>;

const Duration = z.int().nonnegative().max(7 * 24 * 3_600_000).optional().meta({ description: 'Milliseconds from opening the task to this answer.' });
const FreeText = z.string().min(1).max(4000);

/** The own verdict: a class, or that the case cannot be judged. */
export const BlindVerdict = z
  .union([
    z.strictObject({ class: z.string().min(1).max(40), durationMs: Duration }),
    z.strictObject({ answer: z.literal('cannot-judge'), text: FreeText.optional(), durationMs: Duration }),
  ])
  .meta({ id: 'BlindVerdict' });
export type BlindVerdict = z.infer<typeof BlindVerdict>;

/** The verdict after the second look; needs `reasonCode` or `text`. */
export const FinalVerdict = z
  .strictObject({ class: z.string().min(1).max(40), reasonCode: z.string().max(60).optional(), text: FreeText.optional(), durationMs: Duration })
  .meta({ id: 'FinalVerdict' });
export type FinalVerdict = z.infer<typeof FinalVerdict>;

export const OpenAnswer = z.strictObject({ text: FreeText.optional() }).meta({ id: 'OpenAnswer' });
export type OpenAnswer = z.infer<typeof OpenAnswer>;

/** Data of the events `tasks-changed` (reload list and counts) and `task-changed` (reload this task too). */
export const InboxEvent = z
  .discriminatedUnion('event', [
    z.strictObject({ event: z.literal('tasks-changed') }),
    z.strictObject({ event: z.literal('task-changed'), caseId: CaseId }),
  ])
  .meta({ id: 'InboxEvent' });
export type InboxEvent = z.infer<typeof InboxEvent>;

const TaskParams = z.strictObject({ userTaskKey: TaskKey });

export const listTasks = operation({
  id: 'listTasks',
  method: 'GET',
  path: '/api/inbox/tasks',
  tag: 'Inbox',
  summary: 'A list of the inbox with the counts of all lists; earliest due first, `done` latest first',
  access: { kind: 'restricted', people: inboxReaders, keys: 'none' },
  query: z.strictObject({
    list: InboxList.default('mine'),
    service: z.string().max(60).optional(),
    createdBefore: Moment.optional(),
    dueBefore: Moment.optional(),
    cursor: Cursor.optional(),
    limit: PageLimit,
  }),
  responses: { 200: TaskPage },
  problems: ['cursor-invalid', 'service-unknown', 'engine-unavailable'],
});

export const readTask = operation({
  id: 'readTask',
  method: 'GET',
  path: '/api/inbox/tasks/{userTaskKey}',
  tag: 'Inbox',
  summary: 'One task, as far as the person may see it now',
  access: { kind: 'restricted', people: inboxReaders, keys: 'none' },
  params: TaskParams,
  responses: { 200: TaskDetail },
  problems: ['task-unknown', 'engine-unavailable'],
});

export const claimTask = operation({
  id: 'claimTask',
  method: 'POST',
  path: '/api/inbox/tasks/{userTaskKey}/claim',
  tag: 'Inbox',
  summary: 'Take a task; never away from somebody else',
  access: { kind: 'restricted', people: reviewers, keys: 'none' },
  params: TaskParams,
  responses: { 200: TaskDetail },
  problems: ['task-unknown', 'task-taken', 'task-ended', 'engine-unavailable'],
});

export const unclaimTask = operation({
  id: 'unclaimTask',
  method: 'POST',
  path: '/api/inbox/tasks/{userTaskKey}/unclaim',
  tag: 'Inbox',
  summary: 'Give an own task back to its group',
  access: { kind: 'restricted', people: reviewers, keys: 'none' },
  params: TaskParams,
  responses: { 200: TaskDetail },
  problems: ['task-unknown', 'task-taken', 'task-ended', 'engine-unavailable'],
});

export const giveVerdict = operation({
  id: 'giveVerdict',
  method: 'POST',
  path: '/api/inbox/tasks/{userTaskKey}/verdict',
  tag: 'Inbox',
  summary: 'The own verdict, blind; claims the task where nobody has it',
  access: { kind: 'restricted', people: reviewers, keys: 'none' },
  params: TaskParams,
  body: BlindVerdict,
  responses: { 200: VerdictResult },
  problems: ['task-unknown', 'task-taken', 'task-answered', 'task-ended', 'verdict-refused', 'verdict-invalid', 'reviewer-excluded', 'engine-unavailable', 'storage-full'],
});

export const giveFinalVerdict = operation({
  id: 'giveFinalVerdict',
  method: 'POST',
  path: '/api/inbox/tasks/{userTaskKey}/final-verdict',
  tag: 'Inbox',
  summary: 'The verdict after the second look, with a reason',
  access: { kind: 'restricted', people: reviewers, keys: 'none' },
  params: TaskParams,
  body: FinalVerdict,
  responses: { 200: VerdictResult },
  problems: ['task-unknown', 'task-taken', 'task-answered', 'task-ended', 'verdict-refused', 'verdict-invalid', 'reviewer-excluded', 'engine-unavailable', 'storage-full'],
});

export const undoVerdict = operation({
  id: 'undoVerdict',
  method: 'POST',
  path: '/api/inbox/tasks/{userTaskKey}/undo',
  tag: 'Inbox',
  summary: 'Take the last verdict back while it has not been handed on',
  access: { kind: 'restricted', people: reviewers, keys: 'none' },
  params: TaskParams,
  responses: { 200: TaskDetail },
  problems: ['task-unknown', 'task-taken', 'undo-too-late', 'engine-unavailable'],
});

/** Until when the verdict can be taken back now. */
export const UndoHold = z.strictObject({ undoUntil: Moment }).meta({ id: 'UndoHold' });
export type UndoHold = z.infer<typeof UndoHold>;

export const holdVerdict = operation({
  id: 'holdVerdict',
  method: 'POST',
  path: '/api/inbox/tasks/{userTaskKey}/hold',
  tag: 'Inbox',
  summary: 'Five seconds more to take the last verdict back, at most 60 seconds after it was given',
  access: { kind: 'restricted', people: reviewers, keys: 'none' },
  params: TaskParams,
  responses: { 200: UndoHold },
  problems: ['task-unknown', 'task-taken', 'undo-too-late', 'engine-unavailable'],
});

const openAnswerProblems = ['task-unknown', 'task-taken', 'task-answered', 'task-ended', 'verdict-refused', 'engine-unavailable', 'storage-full'] as const;

export const needInformation = operation({
  id: 'needInformation',
  method: 'POST',
  path: '/api/inbox/tasks/{userTaskKey}/need-information',
  tag: 'Inbox',
  summary: 'Say that information is missing; the task stays with the person',
  access: { kind: 'restricted', people: reviewers, keys: 'none' },
  params: TaskParams,
  body: OpenAnswer,
  responses: { 200: VerdictResult },
  problems: openAnswerProblems,
});

export const notMine = operation({
  id: 'notMine',
  method: 'POST',
  path: '/api/inbox/tasks/{userTaskKey}/not-mine',
  tag: 'Inbox',
  summary: 'Say that the case belongs to somebody else; the task goes back to its group',
  access: { kind: 'restricted', people: reviewers, keys: 'none' },
  params: TaskParams,
  body: OpenAnswer,
  responses: { 200: VerdictResult },
  problems: openAnswerProblems,
});

export const streamInboxEvents = operation({
  id: 'streamInboxEvents',
  method: 'GET',
  path: '/api/inbox/events',
  tag: 'Inbox',
  summary: 'Server-sent events: what changed in the lists the person sees; `Last-Event-ID` is honoured',
  description: 'Each message is an `InboxEvent`: its `event` is the name of the message and part of its JSON data.',
  access: { kind: 'restricted', people: inboxReaders, keys: 'none' },
  headers: z.object({ 'last-event-id': z.string().max(100).optional() }),
  answers: 'text/event-stream',
  responses: { 200: z.string() },
  problems: [],
});
