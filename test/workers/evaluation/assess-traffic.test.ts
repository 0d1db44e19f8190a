// Shadow, canary and watch: what moves a release on, what takes it back, what people are asked.
import { describe, expect, it } from 'vitest';
import { CanaryReport, ShadowReport } from '../../../ledger/releases/traffic-report.ts';
import type { ShadowCase } from '../../../ledger/index.ts';
import type { DecisionServiceDefinition } from '../../../ledger/services/definition.ts';
import { EvaluationPlan } from '../../../ledger/services/evaluation-plan.ts';
import { assessCanary, assessShadow, certifyCandidate, checkRelease, type AssessCanaryOptions, type AssessShadowOptions, type AuditedCase } from '../../../workers/evaluation/index.ts';
import { createRandom } from '../../harness/random.ts';
import { serviceDefinition } from '../ledger-fixture.ts';

const sha = (letter: string) => letter.repeat(64);
const champion = { name: 'risk-v1', version: '1', digest: sha('d') };
const candidate = { name: 'risk-v2', version: '2', digest: sha('e') };
const definition = (more: Partial<DecisionServiceDefinition> = {}): DecisionServiceDefinition => ({
  ...serviceDefinition,
  evaluation: EvaluationPlan.parse({ margin: 0.1, shadow: { looks: [50, 100, 200], maxDays: 10 }, latencyLimitMs: 100, failureLimit: 0.02 }),
  ...more,
});

/** A case that is granted rightly; each model right or wrong, sure or not, or silent. */
function shadowCase(index: number, championRight: boolean | null, candidateRight: boolean | null, confidence = 0.9): ShadowCase {
  const said = (model: typeof champion, right: boolean | null) => (right === null ? null : { model, class: right ? 'grant' : 'decline', confidence });
  const spoken = said(champion, championRight);
  return { caseId: `case-${index}`, champion: spoken && { ...spoken, releaseId: 'rel-1' }, candidate: said(candidate, candidateRight), verdict: 'grant', givenAt: index };
}

const shadow = (cases: ShadowCase[], more: Partial<AssessShadowOptions> = {}) =>
  ShadowReport.parse(assessShadow({ definition: definition(), releaseId: 'rel-2', candidate, champion: { model: champion, releaseId: 'rel-1' }, cases, timeUp: false, evaluated: null, now: 5, ...more }));

const alike = (count: number) => Array.from({ length: count }, (_, index) => shadowCase(index, index % 10 !== 0, index % 10 !== 0));

describe('a shadow', () => {
  it('is undecided before its first look and says when that comes', () => {
    expect(shadow(alike(49))).toMatchObject({ result: 'undecided', atEnd: false, pairs: 49, looks: { planned: [50, 100, 200], taken: 0, nextAt: 50 }, difference: null, certificate: null, mode: 'pilot' });
  });

  it('finds a candidate not worse at the first look that proves it, at the δ of one look', () => {
    const report = shadow(alike(120));
    expect(report).toMatchObject({ result: 'not-worse', pairs: 120, looks: { taken: 1, nextAt: null }, table: { bothRight: 45, bothWrong: 5, onlyChampionWrong: 0, onlyCandidateWrong: 0 } });
    expect(report.deltaPerLook).toBeCloseTo(definition().promise.delta / 3, 12);
    expect(report.difference?.high).toBeLessThan(0.1);
  });

  it('finds a candidate worse', () => {
    const cases = Array.from({ length: 60 }, (_, index) => shadowCase(index, true, index % 3 !== 0));
    expect(shadow(cases)).toMatchObject({ result: 'worse', looks: { taken: 1 } });
  });

  it('goes to people where it is undecided at its end', () => {
    const mixed = Array.from({ length: 30 }, (_, index) => shadowCase(index, index % 4 !== 0, index % 4 !== 1));
    expect(shadow(mixed, { timeUp: true })).toMatchObject({ result: 'undecided', atEnd: true, looks: { taken: 1, nextAt: null } });
    expect(shadow([], { timeUp: true })).toMatchObject({ result: 'undecided', atEnd: true, pairs: 0, difference: null });
  });

  it('counts cases the candidate did not answer, and compares none that another version decided', () => {
    const silent = Array.from({ length: 5 }, (_, index) => shadowCase(200 + index, true, null));
    const older = Array.from({ length: 7 }, (_, index) => {
      const one = shadowCase(300 + index, true, false);
      return { ...one, champion: one.champion && { ...one.champion, model: { ...champion, digest: sha('a') } } };
    });
    expect(shadow([...alike(40), ...silent, ...older])).toMatchObject({ pairs: 40, unanswered: 5 });
  });

  it('takes the certificate of the evaluation where outcomes are the error reference', () => {
    const historical = definition({ promise: { ...serviceDefinition.promise, errorReference: 'historical-outcome' } });
    const rows = Array.from({ length: 200 }, (_, index) => ({ class: 'grant', confidence: 1 - index / 1000, outcome: 'grant' }));
    const evaluated = certifyCandidate(rows, { definition: historical, data: null, look: { index: 1, of: 1 } });
    expect(evaluated.certified).toBe(true);
    expect(shadow(alike(60), { definition: historical, evaluated })).toMatchObject({ certificate: evaluated, mode: 'automatic', threshold: evaluated.certified ? evaluated.threshold : null });
  });

  it('certifies from its own blind audits else, at one of its looks; without enough of them it goes on as a pilot', () => {
    const many = Array.from({ length: 300 }, (_, index) => shadowCase(index, true, true, 0.5 + index / 1000));
    expect(shadow(many)).toMatchObject({ mode: 'automatic', certificate: { certified: true, n: 300, errorReference: 'blind-verdict', look: { index: 1, of: 3 }, data: null } });
    const few = shadow(alike(50));
    expect(few).toMatchObject({ result: 'not-worse', mode: 'pilot', threshold: null, certificate: { certified: false } });
    expect(few.certificate?.certified === false && few.certificate.need.kind).toBeTruthy();
    expect(few.certificate?.delta).toBeCloseTo(0.1 / 3, 12);
  });

  it('certifies nothing where only later outcomes will tell', () => {
    const later = definition({ promise: { ...serviceDefinition.promise, errorReference: 'later-outcome' } });
    expect(shadow(alike(300), { definition: later })).toMatchObject({ certificate: null, mode: 'pilot' });
  });

  it('only collects evidence where nothing decides yet', () => {
    const alone = Array.from({ length: 60 }, (_, index) => shadowCase(index, null, true));
    expect(shadow(alone.slice(0, 49), { champion: null })).toMatchObject({ result: 'undecided', atEnd: false, champion: null, looks: { nextAt: 50 } });
    expect(shadow(alone, { champion: null })).toMatchObject({ result: 'not-worse', difference: null, looks: { taken: 1 } });
  });
});

const right: AuditedCase = { class: 'grant', confidence: 0.9, verdict: 'grant' };
const wrong: AuditedCase = { class: 'grant', confidence: 0.9, verdict: 'decline' };

const canary = (more: Partial<AssessCanaryOptions> = {}) =>
  CanaryReport.parse(
    assessCanary({ definition: definition(), releaseId: 'rel-2', candidate, share: 10, counts: { cases: 200, automatic: 120, failed: 1 }, audits: Array(20).fill(right), threshold: 0.8, latencies: [10, 20, 30], servedDigest: candidate.digest, now: 5, ...more }),
  );

describe('a step of the canary', () => {
  it('goes on where nothing speaks against it', () => {
    expect(canary()).toMatchObject({ result: 'go-on', reasons: [], audited: 20, wrong: 0, failures: { verdict: 'in-limit', count: 1 }, latencyP95: { value: 30, verdict: 'in-limit' }, alarm: { raised: false } });
  });

  it('is not taken back for a few failures that chance explains, but for those it does not', () => {
    expect(canary({ counts: { cases: 20, automatic: 10, failed: 1 } })).toMatchObject({ result: 'go-on', failures: { value: 0.05, verdict: 'in-limit' } });
    expect(canary({ counts: { cases: 200, automatic: 10, failed: 20 } })).toMatchObject({ result: 'take-back', reasons: ['failures'] });
    expect(canary({ counts: { cases: 0, automatic: 0, failed: 0 } })).toMatchObject({ result: 'go-on', failures: { value: null, verdict: 'not-measured' } });
  });

  it('is taken back when it answers too slowly or serves another file', () => {
    expect(canary({ latencies: [...Array(19).fill(10), 500, 500] })).toMatchObject({ reasons: ['latency'], latencyP95: { value: 500, verdict: 'over-limit' } });
    expect(canary({ latencies: [] })).toMatchObject({ result: 'go-on', latencyP95: { value: null, verdict: 'not-measured' } });
    expect(canary({ servedDigest: sha('0') })).toMatchObject({ result: 'take-back', reasons: ['digest-changed'] });
    expect(canary({ servedDigest: null })).toMatchObject({ result: 'go-on' });
  });

  it('is taken back by its own alarm, which counts only cases its policy decides alone', () => {
    expect(canary({ audits: Array(12).fill(wrong) })).toMatchObject({ result: 'take-back', reasons: ['error-above-alpha'], wrong: 12 });
    expect(canary({ audits: Array(12).fill({ ...wrong, confidence: 0.7 }) })).toMatchObject({ result: 'go-on', audited: 0 });
    expect(canary({ audits: Array(12).fill({ class: 'decline', confidence: 0.9, verdict: 'grant' }) })).toMatchObject({ audited: 0 });
    expect(canary({ audits: Array(12).fill(wrong), threshold: null })).toMatchObject({ result: 'go-on', audited: 0 });
  });
});

describe('the watch over a live release', () => {
  const check = (more: Partial<Parameters<typeof checkRelease>[0]> = {}) => checkRelease({ definition: definition(), release: { mode: 'automatic', threshold: 0.8 }, audits: Array(100).fill(right), expertPairs: [], columns: [], ...more });

  it('finds nothing where nothing is wrong', () => {
    expect(check()).toMatchObject({ findings: [], error: { audits: 100, wrong: 0, limit: 10 } });
  });

  it('raises the alarm over errors once in a release’s life, whatever comes later', () => {
    const early = check({ audits: Array(12).fill(wrong) });
    const later = check({ audits: [...Array(12).fill(wrong), ...Array(500).fill(right)] });
    expect(early.findings).toMatchObject([{ kind: 'error-above-alpha', severity: 'alarm', facts: { audits: 12, wrong: 12, alpha: 0.1 } }]);
    expect(later.findings.map(({ window }) => window)).toEqual(early.findings.map(({ window }) => window));
  });

  it('tells of agreement below the experts’ own', () => {
    const audits: AuditedCase[] = Array.from({ length: 120 }, (_, index) => (index % 3 === 0 ? { ...wrong, confidence: 0.5 } : right));
    const expertPairs = Array.from({ length: 120 }, (): [string, string] => ['grant', 'grant']);
    expect(check({ audits, expertPairs }).findings).toMatchObject([{ kind: 'agreement', severity: 'alarm', window: 'look-3' }]);
    expect(check({ audits, expertPairs: [] }).findings).toEqual([]);
  });

  it('hints at drift once for the same columns, and calls it a hint', () => {
    const next = createRandom(51);
    const column = (shift: number) => ({ name: 'amount', kind: 'number' as const, reference: Array.from({ length: 300 }, next), current: Array.from({ length: 200 }, () => next() + shift) });
    expect(check({ columns: [column(0.5)] }).findings).toMatchObject([{ kind: 'drift', severity: 'hint', window: 'amount', facts: { worst: 'amount', test: 'kolmogorov-smirnov' } }]);
    expect(check({ columns: [column(0)] }).findings).toEqual([]);
  });
});
