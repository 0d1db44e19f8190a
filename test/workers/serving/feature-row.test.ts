// From a case's input to the numbers that a model sees.
import { describe, expect, it } from 'vitest';
import { buildFeatureRow } from '../../../workers/serving/feature-row.ts';

describe('buildFeatureRow', () => {
  it('takes numbers, indexes of codes, elements of lists and truth values', () => {
    const features = [{ field: 'amount' }, { field: 'purpose', categories: ['car', 'radio'] }, { field: 'pixels', element: 1 }, { field: 'own' }];
    expect(buildFeatureRow(features, { amount: 5, purpose: 'radio', pixels: [1, 2], own: true })).toEqual({ kind: 'row', row: [5, 1, 2, 1] });
  });

  it.each([
    ['missing', {}],
    ['of the wrong kind', { amount: '5' }],
    ['not finite', { amount: Number.NaN }],
  ])('names a field that is %s, not its value', (_, input) => {
    expect(buildFeatureRow([{ field: 'amount' }], input)).toEqual({ kind: 'unreadable', fields: ['amount'] });
  });

  it('does not guess for an unknown code', () => {
    expect(buildFeatureRow([{ field: 'purpose', categories: ['car'] }], { purpose: 'boat' })).toEqual({ kind: 'unreadable', fields: ['purpose'] });
  });
});
