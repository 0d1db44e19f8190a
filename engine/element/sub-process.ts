// Embedded sub-process: a scope with a start event of its own; it is done when its last token ends.
import { beginScope, nothingToTakeBack, takeAllFlows } from './behaviour.ts';
import type { Element } from './contract.ts';
import { isEventSubProcess, readInside } from './read-inside.ts';

declare module '../model/executable.ts' {
  interface ElementModels {
    SUB_PROCESS: { readonly start: string; readonly eventSubProcesses: readonly string[] };
  }
}

export const subProcess: Element<'SUB_PROCESS'> = {
  reads: 'bpmn:SubProcess',
  isMeant: (node) => !isEventSubProcess(node),
  extensions: ['zeebe:IoMapping'],
  read: (node, base, problems) => ({ ...base, type: 'SUB_PROCESS', ...readInside(node, problems) }),
  innerScope: (element) => element,
  startsWithToken: true,
  mayWait: ({ eventSubProcesses }) => eventSubProcesses.length > 0,
  onActivate: (visit) => beginScope(visit),
  onComplete: takeAllFlows,
  onTerminate: nothingToTakeBack,
};
