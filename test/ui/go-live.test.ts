// The rules of the go-live page: what the sentence promises, what a vote lacks, which day is sent, what changed since a vote.
import { describe, expect, test } from 'vitest';
import { changedSince } from '../../ui/src/features/go-live/changed-since.ts';
import { effectOf } from '../../ui/src/features/go-live/effect-of.ts';
import { formatMeasure, formatMeasureDifference, formatMeasureRange } from '../../ui/src/features/go-live/format-measure.ts';
import { complaintOf, dayOf, validUntilOf, type VoteDraft } from '../../ui/src/features/go-live/vote-draft.ts';
import type { EvaluationReport } from '../../ui/src/shared/releases/evidence.ts';
import { nameOfModel, nameOfVersion } from '../../ui/src/shared/releases/model-name.ts';
import { shortDigest } from '../../ui/src/shared/releases/short-digest.ts';
import { createFormats } from '../../ui/src/shared/text/formats.ts';
import { readFilter, writeFilter } from '../../ui/src/features/release-list/release-filter.ts';
import { certified, detail, entry, notCertified } from './release-stories.ts';

describe('the sentence "if approved"', () => {
  const { whatHappens } = detail();
  const report = (certificate: EvaluationReport['certificate']) => ({ certificate, automationShare: 0.085 });

  test('a certificate promises to decide alone from its threshold on', () => {
    expect(effectOf({ whatHappens }, report(certified))).toEqual({ kind: 'automatic', threshold: 0.9699, share: 0.085 });
  });
  test('no certificate from known outcomes means a pilot', () => {
    expect(effectOf({ whatHappens }, report(notCertified))).toEqual({ kind: 'pilot' });
  });
  test('where blind verdicts certify, the shadow decides: nothing is promised', () => {
    expect(effectOf({ whatHappens }, report(null))).toEqual({ kind: 'later' });
    expect(effectOf({ whatHappens }, report({ ...notCertified, errorReference: 'blind-verdict' }))).toEqual({ kind: 'later' });
    expect(effectOf({ whatHappens }, undefined)).toEqual({ kind: 'later' });
  });
  test('a renewal without a certificate goes on as a pilot', () => {
    expect(effectOf({ whatHappens: { ...whatHappens, shadow: null, canary: null, mode: 'pilot' } }, report(null))).toEqual({ kind: 'pilot' });
  });
});

describe('a vote', () => {
  const now = Date.parse('2026-09-14T09:00:00Z');
  const latest = Date.parse('2026-12-21T10:00:00Z');
  const draft = (change: Partial<VoteDraft>): VoteDraft => ({ conditions: [], validUntil: '', reason: '', ...change });

  test('needs a reason where it rejects and a question where it asks back, not where it approves', () => {
    expect(complaintOf('reject', draft({ reason: '  ' }), now, latest)).toBe('reason');
    expect(complaintOf('ask-back', draft({}), now, latest)).toBe('question');
    expect(complaintOf('approve', draft({}), now, latest)).toBeUndefined();
    expect(complaintOf('reject', draft({ reason: 'too many errors' }), now, latest)).toBeUndefined();
  });
  test('takes no end in the past, none after the plan and none that is no day', () => {
    for (const validUntil of ['2026-09-13', '2026-12-22', '2026-13-45']) expect(complaintOf('approve', draft({ validUntil }), now, latest)).toBe('date');
    for (const validUntil of ['2026-09-14', '2026-12-21']) expect(complaintOf('approve', draft({ validUntil }), now, latest)).toBeUndefined();
  });
  test('sends the end of the chosen day, never after the plan, and nothing where the plan is meant', () => {
    expect(validUntilOf(draft({}), latest)).toBeNull();
    expect(validUntilOf(draft({ validUntil: dayOf(latest) }), latest)).toBeNull();
    expect(validUntilOf(draft({ validUntil: '2026-11-30' }), latest)).toBe('2026-11-30T23:59:59.999Z');
  });
  test('is void because of the kinds of evidence that came after it and are voted on', () => {
    const evidence = [entry('evaluation', '2026-09-12T08:00:00.000Z'), entry('artefact', '2026-09-10T08:00:00.000Z'), { ...entry('shadow-report', '2026-09-20T08:00:00.000Z'), votedOn: false }, { ...entry('evaluation', '2026-09-10T08:00:00.000Z'), current: false }];
    expect(changedSince(evidence, { at: '2026-09-11T08:00:00.000Z' })).toEqual(['evaluation']);
  });
});

describe('figures', () => {
  const en = createFormats('en', 'UTC');
  const de = createFormats('de', 'UTC');
  const range = (low: string, high: string) => `${low} to ${high}`;

  test('each measure has its own unit and digits', () => {
    expect(formatMeasure('accuracy', 0.747, en)).toBe('74.7\u00a0%');
    expect(formatMeasure('cost', 0.912, de)).toBe('0,91');
    expect(formatMeasure('aurc', 0.1421, en)).toBe('0.142');
    expect(formatMeasure('latency-p95', 3.42, en)).toBe('3.4\u00a0ms');
  });
  test('differences carry their sign, shares in points', () => {
    expect(formatMeasureDifference('accuracy', 0.022, en)).toBe('+2.2');
    expect(formatMeasureDifference('cost', -0.324, de)).toBe('−0,32');
    expect(formatMeasureDifference('auc', 0.0001, en)).toBe('±0.000');
    expect(formatMeasureRange('accuracy', { low: -0.013, high: 0.057 }, en, range)).toBe('−1.3 to 5.7');
  });
  test('a version stands once in a name', () => {
    expect(nameOfModel({ modelName: 'credit-risk-v2', modelVersion: '2' })).toBe('credit-risk v2');
    expect(nameOfModel({ modelName: 'credit-risk', modelVersion: 'v2' })).toBe('credit-risk v2');
    expect(nameOfModel({ modelName: 'digits', modelVersion: '2026.1' })).toBe('digits v2026.1');
    expect(nameOfVersion('blue')).toBe('blue');
  });
  test('a digest is short enough to compare', () => {
    expect(shortDigest('4b7e'.padEnd(60, '0') + '19d2')).toBe('4b7e…19d2');
  });
});

test('the address keeps the choice of the list, and ignores what is none', () => {
  expect(readFilter(new URLSearchParams('state=live&service=digits'))).toEqual({ state: 'live', service: 'digits' });
  expect(readFilter(new URLSearchParams('state=nonsense&service='))).toEqual({});
  expect(writeFilter({ state: '', service: 'digits' }).toString()).toBe('service=digits');
});
