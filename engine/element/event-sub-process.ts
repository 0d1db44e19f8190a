// Event sub-process: begins when its start event is triggered while the scope around it runs; then a scope like a sub-process.
import { beginScope, nothingToTakeBack } from './behaviour.ts';
import type { Element } from './contract.ts';
import { isEventSubProcess, readInside } from './read-inside.ts';

declare module '../model/executable.ts' {
  interface ElementModels {
    EVENT_SUB_PROCESS: { readonly start: string; readonly eventSubProcesses: readonly string[] };
  }
}

export const eventSubProcess: Element<'EVENT_SUB_PROCESS'> = {
  reads: 'bpmn:SubProcess',
  isMeant: isEventSubProcess,
  extensions: ['zeebe:IoMapping'],
  read: (node, base, problems) => {
    const inside = readInside(node, problems);
    if (base.incoming.length + base.outgoing.length > 0) problems.add(node, 'An event sub-process must not have incoming or outgoing sequence flows');
    return { ...base, type: 'EVENT_SUB_PROCESS', ...inside };
  },
  innerScope: (element) => element,
  startsWithToken: true,
  mayWait: ({ eventSubProcesses }) => eventSubProcesses.length > 0,
  onActivate: (visit) => beginScope(visit, visit.brought),
  onComplete: () => [],
  onTerminate: nothingToTakeBack,
};
