// What the diagram must have in common with the rest: job types with workers, error codes, retries, variables, forms, ends.
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import { Variables } from '../../../processes/anomaly-routing/variables.ts';
import { workers } from '../../../workers/index.ts';

/** Only what these tests look at. */
type Element = {
  $type: string;
  id: string;
  name?: string;
  $parent?: Element;
  attachedToRef?: Element;
  eventDefinitions?: { errorRef?: { errorCode: string } }[];
  extensionElements?: { values: Extension[] };
};
type Extension = { $type: string; type?: string; retries?: string; outputParameters?: { target: string }[] };

async function elementsOf(file: string): Promise<Element[]> {
  const moddle = new BpmnModdle({ zeebe }) as unknown as { fromXML(xml: string): Promise<{ elementsById: Record<string, unknown> }> };
  const { elementsById } = await moddle.fromXML(readFileSync(file, 'utf8'));
  return Object.values(elementsById) as unknown as Element[];
}

const diagrams = globSync('processes/**/*.bpmn');
const extension = (element: Element, type: string) => element.extensionElements?.values.find((value) => value.$type === type);
const jobTypeOf = (element: Element): string | undefined => extension(element, 'zeebe:TaskDefinition')?.type;

describe('the diagrams', async () => {
  const all = (await Promise.all(diagrams.map(elementsOf))).flat();
  const jobs = all.filter((element) => jobTypeOf(element) !== undefined);

  it('use exactly the job types that have workers', () => {
    expect([...new Set(jobs.map(jobTypeOf))].sort()).toEqual(workers.map(({ type }) => type).sort());
  });

  it("give a job as many tries as its worker's back-off counts with", () => {
    for (const element of jobs) {
      const worker = workers.find(({ type }) => type === jobTypeOf(element));
      expect([element.id, extension(element, 'zeebe:TaskDefinition')?.retries]).toEqual([element.id, String(worker?.retries)]);
    }
  });

  it('catch every BPMN error that a worker may throw, on the task or around it', () => {
    const boundaries = all.filter(({ $type }) => $type === 'bpmn:BoundaryEvent');
    const caughtBy = (element: Element | undefined): string[] => {
      if (element === undefined) return [];
      const own = boundaries.filter(({ attachedToRef }) => attachedToRef?.id === element.id).map((event) => event.eventDefinitions?.[0]?.errorRef?.errorCode ?? '');
      return [...own, ...caughtBy(element.$parent)];
    };
    for (const element of jobs) {
      const worker = workers.find(({ type }) => type === jobTypeOf(element));
      // The expert's outcome is never refused that way: only the gate of an automatic one throws.
      const errors: readonly string[] = element.id === 'record-expert-decision' ? [] : (worker?.errors ?? []);
      for (const code of errors) expect([element.id, ...caughtBy(element)]).toContain(code);
    }
  });

  it('read and write only the variables that variables.ts lists', () => {
    const known = Object.keys(Variables.shape);
    const inputs = workers.flatMap(({ input }) => Object.keys(input.shape));
    const outputs = workers.flatMap(({ output }) => Object.keys(output.shape));
    const mapped = all.flatMap((element) => extension(element, 'zeebe:IoMapping')?.outputParameters ?? []).map(({ target }) => target);
    for (const name of [...inputs, ...outputs, ...mapped]) expect(known).toContain(name);
  });

  it('have names on everything that a reader asks about', () => {
    const quiet = new Set(['novelty-known', 'facts-known', 'model-failed', 'people-needed', 'review-ready', 'adjudication-needed']);
    const shown = all.filter(({ $type, id }) => /Task$|Event$|Gateway$|SubProcess$/.test($type) && !quiet.has(id));
    expect(shown.filter(({ name }) => name === undefined)).toEqual([]);
  });

  it('have one end event per outcome', () => {
    const ends = all.filter(({ $type }) => $type === 'bpmn:EndEvent').map(({ id }) => id);
    expect(ends.sort()).toEqual(['adjudicated', 'case-scored', 'decided-by-expert', 'decided-by-model', 'duplicate-dropped', 'one-verdict', 'review-escalated', 'verdicts-agree']);
  });
});

describe('the forms', () => {
  const forms = globSync('processes/**/*.form').map((file) => JSON.parse(readFileSync(file, 'utf8')) as { id: string; components: Component[] });
  type Component = { type: string; key?: string; readonly?: boolean; properties?: Record<string, string>; components?: Component[] };
  const flat = (components: Component[]): Component[] => components.flatMap((one) => [one, ...flat(one.components ?? [])]);
  const services = globSync('processes/anomaly-routing/services/*.json').map((file) => JSON.parse(readFileSync(file, 'utf8')));

  it('are there for each service', () => {
    expect(forms.map(({ id }) => id).sort()).toEqual(services.map(({ review }) => review.formId).sort());
  });

  it('show every field of the input, read-only, with a German label', () => {
    for (const { review, inputSchema, presentation } of services) {
      const form = forms.find(({ id }) => id === review.formId);
      const fields = flat(form?.components ?? []).filter(({ key }) => key !== undefined);
      const expected = Object.keys(inputSchema.properties).filter((field) => field !== presentation.picture?.field);
      expect(fields.map(({ key }) => key).sort()).toEqual(expected.sort());
      for (const { key, readonly, properties } of fields) expect([key, readonly, properties?.['label:de']]).toEqual([key, true, presentation.fields[key ?? '']?.label.de]);
    }
  });
});
