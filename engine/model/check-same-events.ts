// Nothing may be caught twice in one place; in the words in which a cluster refuses it.
import { definitionOf, nodeOf, textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';

/** `place`: the process, sub-process, activity or gateway that would wait for all these events. */
export function checkSameEvents(place: Node, events: readonly Node[], problems: Problems): void {
  const seen = new Set<string>();
  for (const event of events) {
    const definition = definitionOf(event);
    if (definition === undefined) continue;
    const what = whatItCatches(place, event, definition);
    if (what !== undefined && seen.has(what.sentence)) problems.add(what.at, what.sentence);
    if (what !== undefined) seen.add(what.sentence);
  }
}

function whatItCatches(place: Node, event: Node, definition: Node): { readonly at: Node; readonly sentence: string } | undefined {
  const named = (kind: string, name: string) => ({ at: place, sentence: `Multiple ${kind} event definitions with the same name '${name}' are not allowed.` });
  const coded = (kind: string, code: string) => ({
    at: place,
    sentence: code === '' ? `Multiple ${kind} catch events without ${kind} code are not supported on the same scope. An ${kind} catch event without ${kind} code catches all ${kind}s.`
      : `Multiple ${kind} catch events with the same ${kind} code '${code}' are not supported on the same scope.`,
  });
  switch (definition.$type) {
    case 'bpmn:MessageEventDefinition': {
      const message = nodeOf(definition, 'messageRef');
      if (message?.name === undefined) return undefined;
      const isProcessStart = nodeOf(event, '$parent') === place;
      return isProcessStart ? { at: message, sentence: 'A message cannot be referred by more than one start event' } : named('message', message.name);
    }
    case 'bpmn:SignalEventDefinition': {
      const name = nodeOf(definition, 'signalRef')?.name;
      return name === undefined ? undefined : named('signal', name);
    }
    case 'bpmn:ErrorEventDefinition': return coded('error', textOf(nodeOf(definition, 'errorRef'), 'errorCode') ?? '');
    case 'bpmn:EscalationEventDefinition': return coded('escalation', textOf(nodeOf(definition, 'escalationRef'), 'escalationCode') ?? '');
    default: return undefined;
  }
}
