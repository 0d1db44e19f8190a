// The linked form, read-only and in the person's language.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { localizeForm, type FormSchema, type FormWords } from '../../ui/src/features/review/localize-form.ts';

const words: FormWords = { language: 'de', label: (field) => (field === 'amount' ? 'Betrag' : undefined), value: (_field, value) => `Wort für ${String(value)}` };
const schema: FormSchema = {
  type: 'default',
  components: [
    { type: 'group', label: 'Application', properties: { 'label:de': 'Antrag' }, components: [{ type: 'number', key: 'amount', label: 'Amount', layout: { columns: 8 }, validate: { required: true } }, { type: 'select', key: 'purpose', label: 'Purpose', values: [] }] },
    { type: 'text', text: 'Hello', properties: { 'text:de': 'Hallo' } },
    { type: 'button', label: 'Submit' },
  ],
};

test('shows each field as a read-only text with its value in words, in the place the form gives it', () => {
  const { schema: read, data } = localizeForm(schema, { amount: 4526 }, words);
  expect(read.components).toMatchObject([{ label: 'Antrag', components: [{ type: 'textarea', key: 'amount_words', label: 'Betrag', readonly: true, layout: { columns: 8 } }, { label: 'Purpose' }] }, { text: 'Hallo' }]);
  expect(data).toMatchObject({ amount: 4526, amount_words: 'Wort für 4526' });
});

test('leaves out what would submit the form', () => {
  const { schema: read } = localizeForm(schema, {}, words);
  expect(JSON.stringify(read)).not.toContain('button');
});

test('keeps the input under its own names, for conditions of the form', () => {
  expect(localizeForm(schema, { purpose: 'car-new' }, words).data).toMatchObject({ purpose: 'car-new' });
});

test.each(['review-credit-risk', 'review-digits'])('has German words for every group and text of %s', (name) => {
  const form = JSON.parse(readFileSync(new URL(`../../processes/anomaly-routing/${name}.form`, import.meta.url), 'utf8')) as FormSchema;
  const english = JSON.stringify(localizeForm(form, {}, { ...words, language: 'en' }).schema.components);
  const german = JSON.stringify(localizeForm(form, {}, words).schema.components);
  const labels = [...english.matchAll(/"type":"group"[^{}]*?"label":"([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(labels.length).toBeGreaterThan(0);
  for (const label of labels) expect(german).not.toContain(`"label":"${label}"`);
});
