// The routing table, row by row: what is automatic, and every reason that sends a case to people.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluateDecision, parseDrg } from '../../../engine/decision/index.ts';
import { reasonCodes } from '../../../processes/anomaly-routing/variables.ts';
import { reasonCodes as ledgerReasonCodes } from '../../../ledger/index.ts';

const xml = readFileSync('processes/anomaly-routing/routing.dmn', 'utf8');

const automatic = {
  caseId: 'c', service: 'risk', serviceVersion: 1, objection: false, routing: { amount: 4_526 },
  audit: false,
  release: { state: 'live', mode: 'automatic', id: 'r', model: { name: 'm', version: '1', digest: 'd' }, threshold: 0.8, policyInForce: true },
  noveltyNamed: false, novelty: null, modelFailure: null, refusal: null,
  prediction: { class: 'grant', confidence: 0.9, mayBeAutomatic: true },
};

const drg = await parseDrg(xml);
if ('error' in drg) throw new Error(drg.error);
const table = drg;

function route(changes: Record<string, unknown>): unknown {
  const result = evaluateDecision(table, 'anomalyRoutingRoute', { ...automatic, ...changes }, { now: 0, timeZone: 'UTC' });
  if (!result.ok) throw new Error(result.failureMessage);
  return result.output;
}

const released = (changes: Record<string, unknown>) => ({ release: { ...automatic.release, ...changes } });
const withoutModel = { prediction: null };

describe('the routing table', () => {
  it('is automatic where no reason holds', () => {
    expect(route({})).toEqual({ route: 'automatic', reasons: [] });
  });

  it('is automatic exactly at the threshold', () => {
    expect(route({ prediction: { ...automatic.prediction, confidence: 0.8 } })).toMatchObject({ route: 'automatic' });
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    ['an audit', { audit: true }, ['AUDIT_SAMPLE']],
    ['a stop', { ...released({ state: 'stopped', policyInForce: false }), ...withoutModel }, ['STOPPED']],
    ['no release', { ...released({ state: 'none', mode: null, id: null, model: null, threshold: null, policyInForce: false }), ...withoutModel }, ['NO_RELEASE']],
    ['a changed policy', released({ policyInForce: false }), ['NO_RELEASE']],
    ['an expired release', { ...released({ state: 'expired', policyInForce: false }), ...withoutModel }, ['RELEASE_EXPIRED']],
    ['a pilot', released({ mode: 'pilot', threshold: null }), ['PILOT']],
    ['an objection', { objection: true, ...withoutModel }, ['OBJECTION']],
    ['an unavailable model', { modelFailure: 'MODEL_UNAVAILABLE', ...withoutModel }, ['MODEL_UNAVAILABLE']],
    ['a model error', { modelFailure: 'MODEL_ERROR', ...withoutModel }, ['MODEL_ERROR']],
    ['low confidence', { prediction: { ...automatic.prediction, confidence: 0.799 } }, ['LOW_CONFIDENCE']],
    ['high novelty', { novelty: { score: 9, band: 'high' } }, ['ANOMALY']],
    ['medium novelty', { novelty: { score: 5, band: 'medium' } }, ['ANOMALY']],
    ['a class kept to people', { prediction: { class: 'decline', confidence: 0.95, mayBeAutomatic: false } }, ['BUSINESS_RULE']],
    ['an amount above the limit', { routing: { amount: 25_001 } }, ['BUSINESS_RULE']],
    ['an audit in a pilot after an objection', { audit: true, objection: true, ...released({ mode: 'pilot', threshold: null }), ...withoutModel }, ['AUDIT_SAMPLE', 'PILOT', 'OBJECTION']],
  ])('sends %s to people', (_, changes, reasons) => {
    expect(route(changes)).toEqual({ route: 'review', reasons });
  });

  it('lets low novelty and other routing fields pass', () => {
    expect(route({ novelty: { score: 0, band: 'low' }, routing: {} })).toMatchObject({ route: 'automatic' });
  });

  it('is never automatic without a prediction, also when no row matches', () => {
    expect(route(withoutModel)).toEqual({ route: 'review', reasons: [] });
  });

  it('uses the reasons of the catalogue, all of them', () => {
    const used = new Set([...xml.matchAll(/<outputEntry[^>]*>\s*<text>"(\w+)"<\/text>/g)].map(([, code]) => code));
    expect([...used].sort()).toEqual([...reasonCodes].sort());
    expect([...reasonCodes]).toEqual([...ledgerReasonCodes]);
  });
});
