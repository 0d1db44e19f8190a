/** The shapes of the inbox as the API's contract has them: types only, nothing of the contract reaches the bundle. */
export type { InboxEvent, InboxList, OwnVerdict, Picture, ReviewStep, Suggestion, TaskCounts, TaskDetail, TaskPage, TaskSummary, VerdictResult } from '../../../../api/contract/inbox.ts';
export type { FieldText } from '../../../../api/contract/decision-services.ts';
import type { TaskDetail } from '../../../../api/contract/inbox.ts';

export type OutcomeClass = TaskDetail['classes'][number];
export type ReasonChoice = TaskDetail['reasonCodes'][number];
