// What the repository index tells people of a model: its card and the script that made it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeModel } from '../../models/server/describe-model.ts';

const models = join(import.meta.dirname, '../../models');

test('a model of the demo has its card and the digest of its script', async () => {
  const described = await describeModel(join(models, 'credit-risk/artefacts/credit-risk-v2'));
  expect(described.card).toMatch(/^# Model card: credit-risk-v2/);
  const digest = createHash('sha256').update(readFileSync(join(models, 'credit-risk/train.py'))).digest('hex');
  expect(described.code).toBe(`credit-risk/train.py@sha256:${digest}`);
});

test('a model with neither has none', async () => {
  expect(await describeModel(join(models, 'credit-risk/data/nowhere/at-all'))).toEqual({ card: null, code: null });
});
