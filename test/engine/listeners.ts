// XML of listeners for test diagrams.

const list = (tag: string, one: string, listeners: readonly (readonly [event: string, type: string, retries?: string])[]) =>
  `<zeebe:${tag}>${listeners.map(([event, type, retries = '3']) => `<zeebe:${one} eventType="${event}" type="${type.replaceAll('"', '&quot;')}" retries="${retries}"/>`).join('')}</zeebe:${tag}>`;

export const executionListeners = (...listeners: (readonly [event: 'start' | 'end', type: string, retries?: string])[]) => list('executionListeners', 'executionListener', listeners);
export const taskListeners = (...listeners: (readonly [event: string, type: string, retries?: string])[]) => list('taskListeners', 'taskListener', listeners);
export const extended = (...parts: string[]) => `<bpmn:extensionElements>${parts.join('')}</bpmn:extensionElements>`;
export const job = (type: string) => `<zeebe:taskDefinition type="${type}"/>`;
