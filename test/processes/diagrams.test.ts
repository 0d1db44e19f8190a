// What all diagrams must have in common with the rest: job types with workers, error codes, retries, variables, messages, called processes.
import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { messages } from '../../processes/messages.ts';
import { Variables as Routing } from '../../processes/anomaly-routing/variables.ts';
import { Variables as Promotion } from '../../processes/model-promotion/variables.ts';
import { Variables as Retraining } from '../../processes/model-retraining/variables.ts';
import { Variables as Rollback } from '../../processes/model-rollback/variables.ts';
import { Variables as Watch } from '../../processes/release-watch/variables.ts';
import { workers } from '../../workers/index.ts';
import { elementsOf, extension, jobTypeOf, type Element } from './diagram-elements.ts';

const variablesOf: Record<string, readonly string[]> = {
  'anomaly-routing': Object.keys(Routing.shape),
  'model-promotion': Object.keys(Promotion.shape),
  'model-retraining': Object.keys(Retraining.shape),
  'model-rollback': Object.keys(Rollback.shape),
  'release-watch': Object.keys(Watch.shape),
};
const diagrams = await Promise.all(globSync('processes/**/*.bpmn').map(async (file) => ({ folder: dirname(file).split('/').at(-1) ?? '', elements: await elementsOf(file) })));
const all = diagrams.flatMap(({ elements }) => elements);
const jobs = all.filter((element) => jobTypeOf(element) !== undefined);
const workerOf = (element: Element) => workers.find(({ type }) => type === jobTypeOf(element));

/** Codes caught on the element, by an event sub-process of a scope around it, or around the call of its process. */
function caughtBy(element: Element | undefined): string[] {
  if (element === undefined) return [];
  const on = all.filter(({ $type, attachedToRef }) => $type === 'bpmn:BoundaryEvent' && attachedToRef?.id === element.id);
  const inside = all.filter((start) => start.$type === 'bpmn:StartEvent' && start.$parent?.triggeredByEvent === true && start.$parent.$parent?.id === element.id);
  const own = [...on, ...inside].map((event) => event.eventDefinitions?.[0]?.errorRef?.errorCode ?? '');
  const calls = element.$type === 'bpmn:Process' ? all.filter((call) => extension(call, 'zeebe:CalledElement')?.processId === element.id) : [];
  const [first, ...rest] = calls.map((call) => caughtBy(call));
  // Every caller must catch it.
  const byCallers = (first ?? []).filter((code) => rest.every((codes) => codes.includes(code)));
  return [...own, ...byCallers, ...caughtBy(element.$parent)];
}

describe('the diagrams', () => {
  it('use exactly the job types that have workers', () => {
    expect([...new Set(jobs.map(jobTypeOf))].sort()).toEqual(workers.map(({ type }) => type).sort());
  });

  it("give a job as many tries as its worker's back-off counts with", () => {
    for (const element of jobs) expect([element.id, extension(element, 'zeebe:TaskDefinition')?.retries]).toEqual([element.id, String(workerOf(element)?.retries)]);
  });

  it('catch every BPMN error that a worker may throw, on the task, around it, or around the call of its process', () => {
    for (const element of jobs) {
      // The expert's outcome is never refused that way: only the gate of an automatic one throws.
      const errors: readonly string[] = element.id === 'record-expert-decision' ? [] : (workerOf(element)?.errors ?? []);
      for (const code of errors) expect([element.id, ...caughtBy(element)]).toContain(code);
    }
  });

  it('read and write only the variables that variables.ts lists', () => {
    for (const { folder, elements } of diagrams) {
      const known = variablesOf[folder] ?? [];
      const own = elements.filter((element) => jobTypeOf(element) !== undefined).map(workerOf);
      const inputs = own.flatMap((worker) => Object.keys(worker?.input.shape ?? {}));
      const outputs = own.flatMap((worker) => Object.keys(worker?.output.shape ?? {}));
      const mapped = elements.flatMap((element) => extension(element, 'zeebe:IoMapping')?.outputParameters ?? []).map(({ target }) => target);
      for (const name of [...inputs, ...outputs, ...mapped]) expect([folder, ...known]).toContain(name);
    }
  });

  it('wait for messages that messages.ts lists, and it lists no other', () => {
    const named = all.flatMap(({ messageRef, eventDefinitions }) => [messageRef?.name, ...(eventDefinitions ?? []).map((definition) => definition.messageRef?.name)]).filter((name) => name !== undefined);
    expect([...new Set(named)].sort()).toEqual(['case-received', ...Object.keys(messages)].sort());
  });

  it('call processes and decisions that are there', () => {
    const processes = all.filter(({ $type }) => $type === 'bpmn:Process').map(({ id }) => id);
    for (const element of all) {
      const called = extension(element, 'zeebe:CalledElement')?.processId;
      if (called !== undefined) expect(processes).toContain(called);
    }
  });

  it('have names on everything that a reader asks about; only a gateway that joins has none', () => {
    const shown = all.filter(({ $type }) => /Task$|Event$|Gateway$|SubProcess$/.test($type));
    const joins = ({ $type, outgoing }: Element) => $type === 'bpmn:ExclusiveGateway' && outgoing?.length === 1;
    expect(shown.filter((element) => element.name === undefined && !joins(element)).map(({ id }) => id)).toEqual([]);
  });

  it('let every task that waits for people be reminded of or stopped', () => {
    const waiting = all.filter(({ $type }) => $type === 'bpmn:ReceiveTask');
    const hasTimer = (element: Element | undefined): boolean =>
      element !== undefined &&
      (all.some((event) => event.$type === 'bpmn:BoundaryEvent' && event.attachedToRef?.id === element.id && event.eventDefinitions?.[0]?.$type === 'bpmn:TimerEventDefinition') || hasTimer(element.$parent));
    expect(waiting.filter((element) => !hasTimer(element)).map(({ id }) => id)).toEqual([]);
  });
});
