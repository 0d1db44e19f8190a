// What starts instances of a process beside callers: the message, timer and signal start events of its latest version.
import type { Key } from '../keys.ts';
import type { ExpressionSource, ProcessModel } from '../model/executable.ts';
import type { Step } from '../processing/step.ts';
import { firstDue } from '../timer/schedule.ts';
import type { View } from '../view.ts';

/** Opens subscriptions and timers for the start events; they see no variables. */
export function scheduleStarts(view: View, step: Step, definition: { key: Key; bpmnProcessId: string; model: ProcessModel }): { error: string } | undefined {
  const { key: processDefinitionKey, bpmnProcessId, model } = definition;
  for (const elementId of model.eventStarts) {
    const element = model.elements[elementId];
    if (element?.type !== 'START_EVENT' || element.trigger === null) continue;
    const { trigger } = element;
    if (trigger.kind === 'message') {
      const messageName = evaluateText(view, trigger.message.name);
      if (typeof messageName !== 'string') return { error: `start event '${elementId}': ${messageName.error}` };
      step.events.push({ type: 'message-start-subscription.created', key: view.newKey(), processDefinitionKey, bpmnProcessId, elementId, messageName });
    } else if (trigger.kind === 'signal') {
      const signalName = evaluateText(view, trigger.name);
      if (typeof signalName !== 'string') return { error: `start event '${elementId}': ${signalName.error}` };
      step.events.push({ type: 'signal-subscription.created', key: view.newKey(), signalName, processDefinitionKey, bpmnProcessId, elementId, processInstanceKey: null, elementInstanceKey: null });
    } else if (trigger.kind === 'timer') {
      const text = evaluateText(view, trigger.timer.expression, trigger.timer.kind === 'date');
      const due = typeof text === 'string' ? firstDue(trigger.timer.kind, text, view.now, view.timeZone) : text;
      if ('error' in due) return { error: `- Element: ${elementId} - ERROR: ${due.error}` };
      step.events.push({ type: 'timer.created', key: view.newKey(), processDefinitionKey, processInstanceKey: null, elementInstanceKey: null, elementId, ...due });
    }
  }
  return undefined;
}

/** Closes what `scheduleStarts` opened. */
export function stopStarts(view: View, step: Step, processDefinitionKey: Key): void {
  step.events.push({ type: 'message-start-subscriptions.deleted', processDefinitionKey });
  for (const timer of view.timers.startsOf(processDefinitionKey)) step.events.push({ type: 'timer.canceled', key: timer.key });
  for (const subscription of view.signals.startsOf(processDefinitionKey)) step.events.push({ type: 'signal-subscription.deleted', key: subscription.key });
}

/** A date of FEEL without a zone is meant in the engine's. */
function evaluateText(view: View, source: ExpressionSource, isDate = false): string | { error: string } {
  const found = view.expressions.evaluate(view.expressions.compile(source), () => undefined, view.now);
  if (found.ok && typeof found.value === 'string') return isDate && found.isLocalDateTime === true ? `${found.value}@${view.timeZone}` : found.value;
  return { error: found.ok ? `expression '${source}' must give a text without any variables` : found.message };
}
