// The two demo services: valid definitions, and in step with the models and data that they are decided by.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { DecisionServiceDefinition } from '../../ledger/services/definition.ts';
import { ModelManifest } from '../../models/server/model-manifest.ts';
import { readLines } from './data-lines.ts';

const root = path.join(import.meta.dirname, '../..');

async function readService(id: string): Promise<DecisionServiceDefinition> {
  const file = path.join(root, 'processes/anomaly-routing/services', `${id}.json`);
  return DecisionServiceDefinition.parse(JSON.parse(await readFile(file, 'utf8')));
}

async function readManifest(family: string, version: number): Promise<ModelManifest> {
  const file = path.join(root, 'models', family, 'artefacts', `${family}-v${version}`, 'model.json');
  return ModelManifest.parse(JSON.parse(await readFile(file, 'utf8')));
}

type Schema = { properties: Record<string, { enum?: string[]; items?: unknown }>; required: string[]; additionalProperties: boolean };
const schemaOf = (service: DecisionServiceDefinition) => service.inputSchema as unknown as Schema;

describe.each(['credit-risk', 'digits'])('service %s', (id) => {
  it('is a valid definition decided by the anomaly routing process', async () => {
    const service = await readService(id);
    expect(service).toMatchObject({ id, processDefinitionId: 'anomaly-routing', review: { formId: `review-${id}` }, model: { name: id } });
  });

  it('accepts every line of its data and refuses an unknown, a missing and an absurd field', async () => {
    const service = await readService(id);
    const validate = new Ajv2020({ strict: true, allErrors: true }).compile(service.inputSchema);
    const lines = [...(await readLines(id, 'certify')), ...(await readLines(id, 'held-out'))];
    for (const { input, outcome } of lines) {
      expect(validate(input), JSON.stringify(validate.errors)).toBe(true);
      expect(service.classes.map((entry) => entry.id)).toContain(outcome);
    }
    const good = lines[0]!.input;
    const [field = ''] = Object.keys(good);
    expect(validate({ ...good, ageYears: 30 })).toBe(false);
    expect(validate(Object.fromEntries(Object.entries(good).filter(([key]) => key !== field)))).toBe(false);
    expect(validate({ ...good, [field]: 'absurd' })).toBe(false);
    expect(validate({ ...good, [field]: null })).toBe(false);
  });

  it('asks for the same fields and codes as each version of its model, in the classes\' order', async () => {
    const service = await readService(id);
    const { properties, required, additionalProperties } = schemaOf(service);
    expect(additionalProperties).toBe(false);
    expect(required).toEqual(Object.keys(properties));
    for (const version of [1, 2]) {
      const manifest = await readManifest(id, version);
      expect(manifest.classes).toEqual(service.classes.map((entry) => entry.id));
      for (const { field, categories } of manifest.features) {
        expect(Object.keys(properties)).toContain(field);
        expect(categories).toEqual(properties[field]?.enum);
      }
    }
    expect((await readManifest(id, 2)).features).toEqual(service.model.features);
  });

  it('names every field and code in both languages', async () => {
    const service = await readService(id);
    const { properties } = schemaOf(service);
    expect(Object.keys(service.presentation.fields)).toEqual(Object.keys(properties));
    for (const [field, { enum: codes }] of Object.entries(properties))
      if (codes !== undefined) expect(Object.keys(service.presentation.fields[field]?.values ?? {})).toEqual(codes);
    const used = [service.presentation.title, service.presentation.subtitle].flatMap(({ de, en }) => [...`${de}${en}`.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''));
    for (const field of [...used, ...service.routingFields]) expect(Object.keys(properties)).toContain(field);
  });

  it('has one key for each verdict and each reason', async () => {
    const { classes, review } = await readService(id);
    for (const keys of [classes.map(({ key }) => key), review.reasonCodes.map(({ key }) => key)]) expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('the numbers of the services', () => {
  it('are low risk and a strict promise for digits, where every class may be automatic', async () => {
    const service = await readService('digits');
    expect(service).toMatchObject({ riskTier: 'low', auditShare: 0.1, promise: { alpha: 0.02, delta: 0.05, demoFigure: false }, costs: { review: 0.1 } });
    expect(service.classes.every(({ automatic }) => automatic)).toBe(true);
    expect(service.costs.errors).toHaveLength(90);
    expect(new Set(service.costs.errors.map(({ cost }) => cost))).toEqual(new Set([1]));
  });

  it('are high risk and a demo figure for credit, where only a grant may be automatic', async () => {
    const service = await readService('credit-risk');
    expect(service).toMatchObject({ riskTier: 'high', auditShare: 0.2, promise: { alpha: 0.15, delta: 0.1, demoFigure: true } });
    expect(service.costs).toEqual({
      errors: [
        { decided: 'grant', truth: 'decline', cost: 5 },
        { decided: 'decline', truth: 'grant', cost: 1 },
      ],
      review: 0.5,
    });
    expect(service.classes.filter(({ automatic }) => automatic).map(({ id }) => id)).toEqual(['grant']);
  });
});
