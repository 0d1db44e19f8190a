// Ad-hoc sub-process: its elements run in no order of their own; an expression, callers or a job worker say which, a condition or the worker says when it is enough.
import type { ElementOf, ExpressionSource, JobModel } from '../model/executable.ts';
import { extensionOf, nodeOf, nodesOf, textOf } from '../model/moddle.ts';
import type { Node } from '../model/moddle.ts';
import type { Problems } from '../model/problems.ts';
import { readJob } from '../model/read-job.ts';
import { refuseStatic } from '../model/refuse-static.ts';
import { propagate, writeLocally } from '../variable/write-variables.ts';
import { activateInner, innerInstanceId, unknownIds } from './ad-hoc-activation.ts';
import { nothingToTakeBack, takeAllFlows, waiting } from './behaviour.ts';
import type { Activated } from './behaviour.ts';
import { boundaryEvent } from './boundary-event.ts';
import type { Element, MadeElement } from './contract.ts';
import { endEvent } from './end-event.ts';
import { evaluateList } from './evaluate.ts';
import { offerJob, takeBackJob } from './job-work.ts';
import { isEventSubProcess } from './read-inside.ts';
import { isStartEvent } from './start-event.ts';
import { fail, isFailure } from './visit.ts';
import type { Failure, VisitOf } from './visit.ts';

declare module '../model/executable.ts' {
  interface ElementModels {
    AD_HOC_SUB_PROCESS: { readonly adHoc: AdHocModel; readonly eventSubProcesses: readonly string[] };
    /** The scope of one activated element and what follows from it. */
    AD_HOC_SUB_PROCESS_INNER_INSTANCE: { readonly adHoc: AdHocModel };
  }
}

type AdHocModel = {
  /** Elements that can be activated: those to which no flow leads. */
  readonly activities: readonly { readonly elementId: string; readonly elementName?: string }[];
  readonly activeElements: ExpressionSource | null;
  readonly completionCondition: ExpressionSource | null;
  /** When the condition holds, what still runs is ended. */
  readonly cancelsRemaining: boolean;
  readonly output: { readonly collection: string; readonly element: ExpressionSource } | null;
  /** A job worker says what is activated and when it is enough; left out when expressions do. */
  readonly job?: JobModel;
};

export const adHocSubProcess: Element<'AD_HOC_SUB_PROCESS'> = {
  reads: 'bpmn:AdHocSubProcess',
  extensions: ['zeebe:IoMapping', 'zeebe:AdHoc', 'zeebe:TaskDefinition', 'zeebe:TaskHeaders'],
  read: (node, base, problems) => ({ ...base, type: 'AD_HOC_SUB_PROCESS', adHoc: readModel(node, problems), eventSubProcesses: eventSubProcessesIn(node, problems).map((child) => child.id ?? '') }),
  innerScope: innerInstanceOf,
  mayWait: ({ eventSubProcesses }) => eventSubProcesses.length > 0,
  onActivate: start,
  onComplete: (visit) => {
    const { output } = visit.element.adHoc;
    if (output !== null) propagate(visit.view, visit.step, visit.outerScopes(), { [output.collection]: visit.read(output.collection) ?? null });
    return takeAllFlows(visit);
  },
  onTerminate: takeBackJob,
};

/** Made together with what is activated in it, and never by itself. */
export const adHocInnerInstance: MadeElement<'AD_HOC_SUB_PROCESS_INNER_INSTANCE'> = {
  startsWithToken: true,
  onActivate: () => waiting,
  onComplete: () => [],
  onTerminate: nothingToTakeBack,
};

function start(visit: VisitOf<'AD_HOC_SUB_PROCESS'>): Activated | Failure {
  const { element: { adHoc }, instance: { key, processInstanceKey }, view, step } = visit;
  const active = adHoc.activeElements === null ? [] : evaluateList(visit, adHoc.activeElements);
  if (isFailure(active)) return active;
  const ids = active.filter((item): item is string => typeof item === 'string');
  if (ids.length < active.length) return fail('EXTRACT_VALUE_ERROR', `Expected result of the expression '${shown(adHoc)}' to be 'ARRAY' containing 'STRING' items, but was 'ARRAY' containing at least one non-'STRING' item.`);
  const unknown = unknownIds(adHoc, ids);
  if (unknown.length > 0) return fail('EXTRACT_VALUE_ERROR', `Failed to activate ad-hoc elements. No BPMN elements found with ids: ${unknown.map((id) => `'${id}'`).join(', ')}.`);
  if (adHoc.output !== null) writeLocally(view, step, { scopeKey: key, processInstanceKey }, { [adHoc.output.collection]: [] });
  if (adHoc.job !== undefined) return offerJob(visit, adHoc.job, 'AD_HOC_SUB_PROCESS');
  for (const elementId of ids) activateInner(visit, elementId, {});
  return waiting;
}

const shown = ({ activeElements }: AdHocModel): string => (activeElements ?? '').replace(/^=\s*/, '');

/** The scope that the engine makes around each activated element. */
function innerInstanceOf({ id, name, adHoc }: ElementOf<'AD_HOC_SUB_PROCESS'>): ElementOf<'AD_HOC_SUB_PROCESS_INNER_INSTANCE'> {
  return {
    id: innerInstanceId(id), name, scopeId: id, incoming: [], outgoing: [], inputs: [], outputs: [], boundaryEvents: [], compensationHandler: null, isForCompensation: false,
    type: 'AD_HOC_SUB_PROCESS_INNER_INSTANCE', adHoc,
  };
}

function readModel(node: Node, problems: Problems): AdHocModel {
  const inside = nodesOf(node, 'flowElements');
  const targets = new Set(inside.map((child) => nodeOf(child, 'targetRef')));
  const free = inside.filter((child) => child.$type !== 'bpmn:SequenceFlow' && child.$type !== boundaryEvent.reads && !targets.has(child) && !isEventSubProcess(child));
  // As Zeebe does: an activity to which a flow leads counts here, though it cannot be activated by name.
  if (free.length === 0 && !inside.some((child) => /(Task|SubProcess|CallActivity)$/.test(child.$type))) problems.add(node, 'Must have at least one activity.');
  if (inside.some(isStartEvent)) problems.add(node, 'Must not contain a start event.');
  if (inside.some((child) => child.$type === endEvent.reads)) problems.add(node, 'Must not contain an end event.');
  const extension = extensionOf(node, 'zeebe:AdHoc');
  const expression = (property: string) => {
    const source = textOf(extension, property) ?? '';
    refuseStatic(node, source, problems);
    return source === '' ? null : problems.check(node, source);
  };
  const collection = textOf(extension, 'outputCollection') ?? '';
  const element = expression('outputElement');
  if ((collection === '') !== (element === null)) problems.add(node, 'outputCollection and outputElement must be given together.');
  const condition = textOf(nodeOf(node, 'completionCondition'), 'body')?.trim() ?? '';
  const job = extensionOf(node, 'zeebe:TaskDefinition') === undefined ? undefined : readJob(node, problems);
  const isGiven = { activeElementsCollection: textOf(extension, 'activeElementsCollection') !== undefined, completionCondition: condition !== '' };
  for (const [name, given] of Object.entries(isGiven)) if (job !== undefined && given) problems.add(node, `Must not define ${name} in combination with zeebe:taskDefinition.`);
  return {
    activities: free.map((child) => ({ elementId: child.id ?? '', ...(child.name === undefined ? {} : { elementName: child.name }) })),
    activeElements: expression('activeElementsCollection'),
    completionCondition: condition === '' ? null : problems.check(node, condition),
    cancelsRemaining: node['cancelRemainingInstances'] !== false,
    output: collection === '' || element === null ? null : { collection, element },
    ...(job === undefined ? {} : { job }),
  };
}

/** They stand beside what is activated; none of them may end it. */
function eventSubProcessesIn(node: Node, problems: Problems): readonly Node[] {
  const found = nodesOf(node, 'flowElements').filter(isEventSubProcess);
  for (const child of found) {
    const interrupts = nodesOf(child, 'flowElements').some((event) => isStartEvent(event) && event['isInterrupting'] !== false);
    if (interrupts) problems.add(child, 'An interrupting event subprocess is not allowed inside an ad-hoc subprocess');
  }
  return found;
}
