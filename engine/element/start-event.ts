// Start event: the token begins here; what triggered it may have brought variables. From now on the scope's events are waited for.
import type { ElementBase, ElementOf } from '../model/executable.ts';
import { nodeOf, nodesOf } from '../model/moddle.ts';
import type { Node } from '../model/moddle.ts';
import type { Problems } from '../model/problems.ts';
import { readTrigger } from '../model/read-trigger.ts';
import { done, nothingToTakeBack, takeAllFlows } from './behaviour.ts';
import type { Element } from './contract.ts';
import { waitForScopeEvents } from './waiting.ts';

declare module '../model/executable.ts' {
  interface ElementModels {
    START_EVENT: { readonly trigger: Trigger | null; /** Of an event sub-process: it ends all else in the scope. */ readonly interrupting: boolean };
  }
}

export const startEvent: Element<'START_EVENT'> = {
  reads: 'bpmn:StartEvent',
  extensions: ['zeebe:IoMapping', 'zeebe:FormDefinition'],
  read: readStartEvent,
  refusesListeners: () => ({ event: 'start', by: 'start events' }),
  onActivate: ({ brought }) => (brought === undefined ? done : { kind: 'done', variables: brought }),
  onComplete: (visit) => waitForScopeEvents(visit) ?? takeAllFlows(visit),
  onTerminate: nothingToTakeBack,
};

export const isStartEvent = (node: Node): boolean => node.$type === startEvent.reads;

function readStartEvent(node: Node, base: ElementBase, problems: Problems): ElementOf<'START_EVENT'> {
  if (base.inputs.length > 0) problems.add(node, 'a start event must not have input mappings');
  if (base.incoming.length > 0) problems.add(node, 'a start event must not have incoming flows');
  const parent = nodeOf(node, '$parent');
  if (parent?.['triggeredByEvent'] === true) return readEventSubProcessStart(node, parent, base, problems);
  if (parent?.$type === 'bpmn:SubProcess' && nodesOf(node, 'eventDefinitions').length > 0) {
    problems.add(parent, 'Start events in subprocesses must be of type none');
    readTrigger(node, problems, ['timer', 'message', 'signal', 'error', 'escalation']);
    return { ...base, type: 'START_EVENT', trigger: null, interrupting: true };
  }
  return { ...base, type: 'START_EVENT', trigger: readTrigger(node, problems, ['timer', 'message', 'signal'], parent?.$type === 'bpmn:Process'), interrupting: true };
}

function readEventSubProcessStart(node: Node, parent: Node, base: ElementBase, problems: Problems): ElementOf<'START_EVENT'> {
  const interrupting = node['isInterrupting'] !== false;
  const trigger = readTrigger(node, problems, ['timer', 'message', 'signal', 'error', 'escalation']);
  if (trigger === null) problems.add(parent, 'Start events in event subprocesses must be one of: message, timer, error, signal or escalation');
  if (trigger?.kind === 'error' && !interrupting) problems.add(parent, 'Non-Interrupting event of this type is not allowed');
  if (interrupting && trigger?.kind === 'timer' && trigger.timer.kind === 'cycle') problems.add(parent, 'Interrupting timer event with time cycle is not allowed.');
  return { ...base, type: 'START_EVENT', trigger, interrupting };
}
