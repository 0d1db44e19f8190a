// What the diagram of anomaly routing and its forms hold beside the rules of all diagrams (test/processes/diagrams.test.ts).
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { elementsOf } from '../diagram-elements.ts';

describe('the diagram', () => {
  it('has one end event per outcome', async () => {
    const ends = (await elementsOf('processes/anomaly-routing/anomaly-routing.bpmn')).filter(({ $type }) => $type === 'bpmn:EndEvent').map(({ id }) => id);
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
