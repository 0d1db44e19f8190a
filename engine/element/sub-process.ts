// Embedded sub-process: a scope with a start event of its own; it is done when its last token ends.
import { nothingToTakeBack, takeAllFlows, waiting } from './behaviour.ts';
import type { ElementBehaviour } from './behaviour.ts';

export const subProcess: ElementBehaviour<'SUB_PROCESS'> = {
  onActivate: ({ element, instance, definition, step }) => {
    step.followUps.push({
      type: 'element.activate',
      elementId: element.start,
      scopeKey: instance.key,
      processInstanceKey: instance.processInstanceKey,
      processDefinitionKey: definition.key,
    });
    return waiting;
  },
  onComplete: takeAllFlows,
  onTerminate: nothingToTakeBack,
};
