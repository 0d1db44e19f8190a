// Event sub-process: begins when its start event is triggered while the scope around it runs; then a scope like a sub-process.
import { nothingToTakeBack, waiting } from './behaviour.ts';
import type { ElementBehaviour } from './behaviour.ts';

export const eventSubProcess: ElementBehaviour<'EVENT_SUB_PROCESS'> = {
  onActivate: ({ element, instance, definition, step, brought }) => {
    step.followUps.push({
      type: 'element.activate',
      elementId: element.start,
      scopeKey: instance.key,
      processInstanceKey: instance.processInstanceKey,
      processDefinitionKey: definition.key,
      ...(brought === undefined ? {} : { variables: brought }),
    });
    return waiting;
  },
  onComplete: () => [],
  onTerminate: nothingToTakeBack,
};
