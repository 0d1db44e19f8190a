// Decides where messages go: to open subscriptions, to message start events, into the buffer.
import type { JsonValue } from '../expression/index.ts';
import type { Key } from '../keys.ts';
import { accept, nothing, reject } from '../processing/step.ts';
import type { Deciders, Step } from '../processing/step.ts';
import type { Variables } from '../variable/records.ts';
import type { View } from '../view.ts';
import { isLocked } from './is-locked.ts';
import type { ExpireMessage, MessageCommand, PollMessages, PollStartMessages } from './records.ts';
import type { MessageRow, StartSubscriptionRow, SubscriptionRow } from './state.ts';

type Message = { readonly key: Key; readonly name: string; readonly correlationKey: string; readonly variables: Variables };

export const messageDeciders: Deciders<MessageCommand | ExpireMessage | PollMessages | PollStartMessages> = {
  'message.publish': (command, view, step) => {
    const { name, correlationKey, timeToLive, variables } = command;
    const messageId = command.messageId === undefined || command.messageId === '' ? null : command.messageId;
    if (timeToLive < 0) return reject('INVALID_ARGUMENT', `Expected to publish a message with a time to live of 0 ms or more, but it was '${timeToLive}'`);
    if (messageId !== null && view.messages.isBuffered(name, correlationKey, messageId)) {
      return reject('ALREADY_EXISTS', `Expected to publish a new message with id '${messageId}', but a message with that id was already published`);
    }
    const message = { key: view.newKey(), name, correlationKey, variables };
    step.events.push({ type: 'message.published', ...message, messageId, expiresAt: timeToLive > 0 ? view.now + timeToLive : null });
    deliver(view, step, message);
    return accept({ messageKey: message.key });
  },

  'message.correlate': (command, view, step) => {
    const { name, correlationKey, variables } = command;
    const message = { key: view.newKey(), name, correlationKey, variables };
    step.events.push({ type: 'message.published', ...message, messageId: null, expiresAt: null });
    const [processInstanceKey] = deliver(view, step, message);
    if (processInstanceKey !== undefined) return accept({ messageKey: message.key, processInstanceKey });
    return reject('NOT_FOUND', `Expected to find subscription for message with name '${name}' and correlation key '${correlationKey}', but none was found.`);
  },

  'message.expire': ({ messageKey }, view, step) => {
    const message = view.messages.get(messageKey);
    if (message === undefined || message.expiresAt > view.now) return nothing;
    step.events.push({ type: 'message.expired', key: messageKey });
    return accept();
  },

  'message.poll': ({ subscriptionKey }, view, step) => {
    const subscription = view.messages.subscription(subscriptionKey);
    if (subscription === undefined || subscription.open === 0) return nothing;
    const row = view.messages.nextFor(subscription.bpmnProcessId, subscription.messageName, subscription.correlationKey, view.now);
    if (row !== undefined) correlate(view, step, readMessage(row), subscription);
    return nothing;
  },

  'message.poll-start': ({ bpmnProcessId, correlationKey }, view, step) => {
    if (isLocked(view, step, bpmnProcessId, correlationKey)) return nothing;
    const candidates = view.messages.startsOf(bpmnProcessId).flatMap((start) => {
      const row = view.messages.nextFor(bpmnProcessId, start.messageName, correlationKey, view.now);
      return row === undefined ? [] : [{ start, row }];
    });
    const [next] = candidates.sort((a, b) => a.row.key - b.row.key);
    if (next !== undefined) startByMessage(view, step, readMessage(next.row), next.start);
    return nothing;
  },
};

/** Gives the message to each process once: to the open subscription of its oldest element instance, else to its start event. Answers who got it. */
function deliver(view: View, step: Step, message: Message): Key[] {
  const instances: Key[] = [];
  const served = new Set<string>();
  for (const subscription of view.messages.oldestSubscriptions(message.name, message.correlationKey)) {
    served.add(subscription.bpmnProcessId);
    correlate(view, step, message, subscription);
    instances.push(subscription.processInstanceKey);
  }
  for (const start of view.messages.startSubscriptions(message.name)) {
    if (served.has(start.bpmnProcessId)) continue;
    if (message.correlationKey !== '' && isLocked(view, step, start.bpmnProcessId, message.correlationKey)) continue;
    served.add(start.bpmnProcessId);
    instances.push(startByMessage(view, step, message, start));
  }
  return instances;
}

/** A boundary event or event sub-process that does not interrupt goes on waiting and asks for the next buffered message. */
function correlate(view: View, step: Step, message: Message, subscription: SubscriptionRow): void {
  const { key, bpmnProcessId, processInstanceKey, processDefinitionKey, elementInstanceKey, elementId } = subscription;
  const staysOpen = isNonInterrupting(view, subscription);
  const to = { messageName: message.name, correlationKey: message.correlationKey, subscriptionKey: key, processInstanceKey, processDefinitionKey, elementId, elementInstanceKey };
  step.events.push({ type: 'message.correlated', key: message.key, bpmnProcessId, to });
  step.events.push({ type: 'message-subscription.correlated', key, staysOpen });
  step.followUps.push({ type: 'catch-event.trigger', elementInstanceKey, elementId, variables: message.variables });
  if (staysOpen) step.followUps.push({ type: 'message.poll', subscriptionKey: key });
}

function startByMessage(view: View, step: Step, message: Message, start: StartSubscriptionRow): Key {
  const processInstanceKey = view.newKey();
  const { processDefinitionKey, elementId } = start;
  const to = { messageName: message.name, correlationKey: message.correlationKey, subscriptionKey: start.key, processInstanceKey, processDefinitionKey, elementId, elementInstanceKey: null };
  step.events.push({ type: 'message.correlated', key: message.key, bpmnProcessId: start.bpmnProcessId, to });
  step.followUps.push({
    type: 'process-instance.start',
    processDefinitionKey: start.processDefinitionKey,
    processInstanceKey,
    startElementId: start.elementId,
    variables: message.variables,
    ...(message.correlationKey === '' ? {} : { messageLock: message.correlationKey }),
  });
  return processInstanceKey;
}

function isNonInterrupting(view: View, subscription: SubscriptionRow): boolean {
  const element = view.deployments.process(subscription.processDefinitionKey)?.model.elements[subscription.elementId];
  return (element?.type === 'BOUNDARY_EVENT' || element?.type === 'START_EVENT') && !element.interrupting;
}

const readMessage = (row: MessageRow): Message => ({ ...row, variables: JSON.parse(row.variables) as Record<string, JsonValue> });
