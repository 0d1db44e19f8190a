// All records in one place: what may be asked from outside, what follows inside, what is stated, what is answered.
import type { BatchOperationCommand, BatchOperationEvent, ProcessBatchItem } from './batch-operation/records.ts';
import type { CompensationEvent } from './compensation/records.ts';
import type { DecisionAnswer, DecisionEvent, EvaluateDecision } from './decision-evaluation/records.ts';
import type { DeploymentAnswer, DeploymentCommand, DeploymentEvent, DeployReadResources } from './deployment/records.ts';
import type { ActivateAdHocElements, ElementCommand, ElementEvent } from './element/records.ts';
import type { HistoryEvent, PurgeAnswer, PurgeHistory } from './history/records.ts';
import type { IncidentCommand, IncidentEvent } from './incident/records.ts';
import type { ActivatedJob, JobCommand, JobEvent, RecurJob, TimeOutJob } from './job/records.ts';
import type { ExpireMessage, MessageCommand, MessageEvent, PollMessages, PollStartMessages } from './message/records.ts';
import type { BroadcastSignal, SignalEvent } from './signal/records.ts';
import type {
  CompleteProcessInstance, EndEmptyScope, ProcessInstanceCommand, ProcessInstanceEvent, ProcessListenerDone, RetryProcessListeners, StartAtElements, StartProcessInstance, TerminateProcessInstance,
} from './process-instance/records.ts';
import type { TimerEvent, TriggerTimer } from './timer/records.ts';
import type { RetryTaskListeners, TaskAnswer, TaskListenerDone, UserTaskCommand, UserTaskEvent } from './user-task/records.ts';
import type { ContinueTurn, TurnEvent } from './turn/records.ts';
import type { VariableCommand, VariableEvent } from './variable/records.ts';
import type { Key } from './keys.ts';

/** What callers may submit. */
export type Command =
  | DeploymentCommand
  | ProcessInstanceCommand
  | ActivateAdHocElements
  | JobCommand
  | UserTaskCommand
  | MessageCommand
  | BroadcastSignal
  | IncidentCommand
  | VariableCommand
  | EvaluateDecision
  | BatchOperationCommand
  | PurgeHistory;

/** Commands that time brings. */
export type DueCommand = TriggerTimer | TimeOutJob | RecurJob | ExpireMessage | ProcessBatchItem | ContinueTurn;
/** Commands that other commands bring. */
export type FollowUp =
  | ElementCommand
  | StartProcessInstance
  | CompleteProcessInstance
  | TerminateProcessInstance
  | ProcessListenerDone
  | StartAtElements
  | EndEmptyScope
  | RetryProcessListeners
  | TaskListenerDone
  | RetryTaskListeners
  | PollMessages
  | PollStartMessages
  | BroadcastSignal;
/** Everything that can be decided. */
export type AnyCommand = Exclude<Command, { type: 'deployment.create' }> | DeployReadResources | DueCommand | FollowUp;

export type EngineEvent =
  | DeploymentEvent
  | ProcessInstanceEvent
  | ElementEvent
  | VariableEvent
  | JobEvent
  | UserTaskEvent
  | MessageEvent
  | SignalEvent
  | CompensationEvent
  | TimerEvent
  | IncidentEvent
  | DecisionEvent
  | BatchOperationEvent
  | TurnEvent
  | HistoryEvent;

/** What a command that was accepted answers; those that are not listed answer `null`. */
type Answers = {
  'deployment.create': DeploymentAnswer;
  'process-instance.create': {
    readonly processInstanceKey: Key;
    readonly processDefinitionKey: Key;
    readonly bpmnProcessId: string;
    readonly version: number;
    readonly tags: readonly string[];
  };
  'job.activate': readonly ActivatedJob[];
  'user-task.assign': TaskAnswer;
  'user-task.unassign': TaskAnswer;
  'user-task.update': TaskAnswer;
  'user-task.complete': TaskAnswer;
  'variable.set': { /** The user task whose listeners come first. */ readonly userTaskKey: Key | null };
  'message.publish': { readonly messageKey: Key };
  'message.correlate': { readonly messageKey: Key; readonly processInstanceKey: Key };
  'signal.broadcast': { readonly signalKey: Key };
  'decision.evaluate': DecisionAnswer;
  'batch-operation.create': { readonly batchOperationKey: Key };
  'history.purge': PurgeAnswer;
};
export type AnswerOf<T extends Command['type']> = T extends keyof Answers ? Answers[T] : null;

/** Why a command was refused; nothing changed. */
export type Rejection = {
  readonly code: 'NOT_FOUND' | 'INVALID_STATE' | 'INVALID_ARGUMENT' | 'ALREADY_EXISTS';
  /** What was expected, what was found, and what to do. */
  readonly reason: string;
};

export type Result<T> = { readonly ok: true; readonly answer: T } | { readonly ok: false; readonly rejection: Rejection };
