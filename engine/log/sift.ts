// Says for each kind of event what of it the log still needs: what is gone from the store for good leaves the log, too.
import type { DatabaseSync } from 'node:sqlite';
import type { EngineEvent } from '../records.ts';
import { one } from '../store/statements.ts';

/** The event, or what is left of it, or undefined when nothing needs it any more. */
export type Sift = (event: EngineEvent) => EngineEvent | undefined;

type Rules<Event extends { readonly type: string }> = {
  readonly [Type in Event['type']]: { call(event: Extract<Event, { readonly type: Type }>): Event | boolean }['call'];
};

/**
 * An event about a row that is not there any more does nothing when it is replayed, as long as the event that made the row
 * went before it. Therefore the log must be sifted from its first entry on, up to an entry that was written before it
 * began, and nothing may be purged meanwhile: docs/adr/114-purge-rows-then-sift-the-log.md.
 */
export function createSift(db: DatabaseSync): Sift {
  const has = (table: string, column = 'key') => {
    const find = one(db, `SELECT 1 AS yes FROM ${table} WHERE ${column} = ? LIMIT 1`);
    return (key: number) => find(key) !== undefined;
  };
  const isProcessInstance = has('process_instances');
  const isElement = has('element_instances');
  const isScope = (key: number) => isProcessInstance(key) || isElement(key);
  const isVariable = has('variables');
  const isJob = has('jobs');
  const isUserTask = has('user_tasks');
  const isMessage = has('messages');
  const isMessageSubscription = has('message_subscriptions');
  const isSignalSubscription = has('signal_subscriptions');
  const isCompensation = has('compensation_subscriptions');
  const isTimer = has('timers');
  const isIncident = has('incidents');
  const isBatch = has('batch_operations');
  const isTurn = has('unfinished_turns');
  const isHeld = has('held_follow_ups', 'instance_key');
  // By its own row: the process instance that a message starts may still be on its way, in a turn that is not over.
  const correlation = one(db, 'SELECT 1 AS yes FROM correlated_messages WHERE message_key = ? AND process_instance_key = ? LIMIT 1');
  const isCorrelation = (messageKey: number, processInstanceKey: number) => correlation(messageKey, processInstanceKey) !== undefined;
  const isEvaluation = has('decision_instances', 'evaluation_key');
  const rules = {
    // What is deployed stays.
    'deployment.created': () => true,
    'process-definition.created': () => true,
    'form.created': () => true,
    'decision-requirements.created': () => true,
    'decision-definition.created': () => true,
    'resource.deleted': () => true,
    'message-start-subscription.created': () => true,
    'message-start-subscriptions.deleted': () => true,

    'process-instance.created': ({ key }) => isProcessInstance(key),
    'process-instance.activated': ({ key }) => isProcessInstance(key),
    'process-instance.completing': ({ key }) => isProcessInstance(key),
    'process-instance.completed': ({ key }) => isProcessInstance(key),
    'process-instance.migrated': ({ key }) => isProcessInstance(key),
    'process-instance.terminating': ({ key }) => isProcessInstance(key),
    'process-instance.terminated': ({ key }) => isProcessInstance(key),
    'follow-ups.held': ({ instanceKey }) => isHeld(instanceKey),
    'follow-ups.released': ({ instanceKey }) => isHeld(instanceKey),

    'element.activating': ({ key }) => isElement(key),
    'element.activated': ({ key }) => isElement(key),
    'element.completing': ({ key }) => isElement(key),
    'element.completed': ({ key }) => isElement(key),
    'element.terminating': ({ key }) => isElement(key),
    'element.terminated': ({ key }) => isElement(key),
    'element.migrated': ({ key }) => isElement(key),
    'multi-instance.started': ({ key }) => isElement(key),
    'ad-hoc.fulfilled': ({ key }) => isElement(key),
    'scope.interrupted': ({ processInstanceKey }) => isProcessInstance(processInstanceKey),
    'token.added': ({ processInstanceKey }) => isProcessInstance(processInstanceKey),
    'token.removed': ({ processInstanceKey }) => isProcessInstance(processInstanceKey),
    'waiting-token.migrated': ({ scopeKey }) => isScope(scopeKey),

    'variable.created': ({ key }) => isVariable(key),
    'variable.updated': ({ key }) => isVariable(key),
    'variable.item-updated': ({ key }) => isVariable(key),
    'variable.collected': ({ key }) => isVariable(key),

    'job.created': ({ key }) => isJob(key),
    'jobs.activated': (event) => {
      const keys = event.keys.filter(isJob);
      return keys.length === event.keys.length || (keys.length > 0 && { ...event, keys });
    },
    'job.completed': ({ key }) => isJob(key),
    'job.failed': ({ key }) => isJob(key),
    'job.error-thrown': ({ key }) => isJob(key),
    'job.withheld': ({ key }) => isJob(key),
    'job.timed-out': ({ key }) => isJob(key),
    'job.recurred': ({ key }) => isJob(key),
    'job.freed': ({ key }) => isJob(key),
    'job.retries-updated': ({ key }) => isJob(key),
    'job.timeout-updated': ({ key }) => isJob(key),
    'job.canceled': ({ key }) => isJob(key),
    'job.migrated': ({ key }) => isJob(key),

    'user-task.created': ({ key }) => isUserTask(key),
    'user-task.step-began': ({ key }) => isUserTask(key),
    'user-task.corrected': ({ key }) => isUserTask(key),
    'user-task.settled': ({ key }) => isUserTask(key),
    'user-task.assigned': ({ key }) => isUserTask(key),
    'user-task.updated': ({ key }) => isUserTask(key),
    'user-task.completed': ({ key }) => isUserTask(key),
    'user-task.canceled': ({ key }) => isUserTask(key),
    'user-task.migrated': ({ key }) => isUserTask(key),

    'message.published': ({ key }) => isMessage(key),
    'message.expired': ({ key }) => isMessage(key),
    'message.correlated': (event) => {
      if (event.to !== undefined && isCorrelation(event.key, event.to.processInstanceKey)) return true;
      if (!isMessage(event.key)) return false;
      return event.to === undefined || { type: event.type, key: event.key, bpmnProcessId: event.bpmnProcessId };
    },
    'message-subscription.created': ({ key }) => isMessageSubscription(key),
    'message-subscription.correlated': ({ key }) => isMessageSubscription(key),
    'message-subscription.deleted': ({ key }) => isMessageSubscription(key),
    'message-subscription.migrated': ({ key }) => isMessageSubscription(key),

    // Rows of these go when they are over, so their whole story leaves the log then.
    'signal.broadcasted': () => false,
    'signal-subscription.created': ({ key }) => isSignalSubscription(key),
    'signal-subscription.migrated': ({ key }) => isSignalSubscription(key),
    'signal-subscription.deleted': ({ key }) => isSignalSubscription(key),
    'compensation-subscription.created': ({ key }) => isCompensation(key),
    'compensation-subscription.triggered': ({ key }) => isCompensation(key),
    'compensation-subscription.migrated': ({ key }) => isCompensation(key),
    'compensation-subscription.deleted': ({ key }) => isCompensation(key),
    'compensation-subscriptions.deleted': ({ processInstanceKey }) => isProcessInstance(processInstanceKey),
    'timer.created': ({ key }) => isTimer(key),
    'timer.triggered': ({ key }) => isTimer(key),
    'timer.canceled': ({ key }) => isTimer(key),
    'timer.migrated': ({ key }) => isTimer(key),

    'incident.created': ({ key }) => isIncident(key),
    'incident.resolved': ({ key }) => isIncident(key),
    'incident.migrated': ({ key }) => isIncident(key),
    'decision.evaluated': ({ key }) => isEvaluation(key),
    'batch-operation.created': ({ key }) => isBatch(key),
    'batch-operation.item-processed': ({ key }) => isBatch(key),
    'batch-operation.suspended': ({ key }) => isBatch(key),
    'batch-operation.resumed': ({ key }) => isBatch(key),
    'batch-operation.canceled': ({ key }) => isBatch(key),
    'batch-operation.completed': ({ key }) => isBatch(key),

    'turn.paused': ({ key }) => isTurn(key),
    'turn.resumed': ({ key }) => isTurn(key),
    'turn.ended': ({ key }) => isTurn(key),

    // Whatever it took out stood before it and has left the log already; of a batch operation half of the items may still be there.
    'process-instances.purged': () => false,
    'decision-instances.purged': () => false,
    'batch-operation.purged': ({ key }) => isBatch(key),
  } satisfies Rules<EngineEvent>;
  return (event) => {
    const rule: { call(event: EngineEvent): EngineEvent | boolean }['call'] = rules[event.type];
    const verdict = rule(event);
    if (typeof verdict === 'object') return verdict;
    return verdict ? event : undefined;
  };
}
