/** Made-up releases for tests of the pages alone: the product has none of this. Held to the contract's schemas by the tests that use them. */
import type { EvidenceDocument } from '../../api/contract/evidence.ts';
import type { CertificateDocument, EvaluationReport } from '../../api/contract/evaluation-report.ts';
import type { Actor, EvidenceEntry, EvidenceKind, OtherRelease, ReleaseDetail, ReleaseMove, ReleaseSummary, VoteView } from '../../api/contract/releases.ts';

const day = 86_400_000;
export const at = (iso: string) => `${iso}:00.000Z`;
export const digestOf = (seed: string) => [...seed].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7).toString(16).padStart(5, '0').repeat(13).slice(0, 64);
export const bundle = digestOf('bundle');
const system = { kind: 'system', name: 'system:promotion' } as const satisfies Actor;
export const engineer = { kind: 'person', name: 'ml-engineer', displayName: 'ML engineer 1' } as const satisfies Actor;
const person = (name: string, displayName: string) => ({ name, displayName });
export const lead = person('credit-lead', 'Credit lead 1');

const basis = { alpha: 0.15, delta: 0.1, n: 400, eligible: 332, startSize: 34, tested: [], errorReference: 'historical-outcome', population: { de: 'gewährte Kredite', en: 'granted loans' }, look: { index: 1, of: 1 }, data: { name: 'certify.jsonl', digest: digestOf('certify'), rows: 400 } } as const;
export const certified: CertificateDocument = { ...basis, tested: [], certified: true, threshold: 0.9699, accepted: [0.9699], m: 34, k: 2, errorRate: 2 / 34, upperBound: 0.149, coverage: 0.085 };
export const notCertified: CertificateDocument = { ...basis, tested: [], certified: false, reason: 'too-many-errors', need: { kind: 'not-reachable' } };

export const entry = (kind: EvidenceKind, collectedAt: string): EvidenceEntry => ({ digest: digestOf(kind + collectedAt), kind, collectedAt, collectedBy: system, current: true, votedOn: true });

const model = (version: string) => ({ name: `credit-risk-v${version}`, version, digest: digestOf(`model ${version}`) });
const other = (release: string, version: string, change: Partial<OtherRelease> = {}): OtherRelease => ({ release, state: 'live', modelName: `credit-risk-v${version}`, modelVersion: version, modelDigest: model(version).digest, mode: 'pilot', validUntil: at('2026-12-01T00:00'), ...change });

const evaluated = at('2026-09-10T14:02');
export const evidence: EvidenceEntry[] = (['evaluation', 'gate', 'model-card', 'lineage', 'artefact', 'registry'] as const).map((kind) => entry(kind, evaluated));
/** Reports of shadow and canary come after the votes and are not voted on. */
export const trafficEvidence: EvidenceEntry[] = (['shadow-report', 'canary-report'] as const).map((kind) => ({ ...entry(kind, at('2026-10-07T09:00')), votedOn: false }));
const bundleMove = (move: Partial<ReleaseMove> & Pick<ReleaseMove, 'to' | 'at'>): ReleaseMove => ({ from: null, by: system, code: 'EVALUATED', text: null, share: null, evidenceDigest: bundle, ...move });
const proposed = bundleMove({ to: 'proposed', at: at('2026-09-08T16:45'), by: engineer, code: 'PROPOSED', evidenceDigest: null });

export const summary = (change: Partial<ReleaseSummary> = {}): ReleaseSummary => ({
  release: 'rel-2', service: 'credit-risk', serviceName: { de: 'Kreditrisiko', en: 'Credit risk' }, kind: 'promotion', state: 'evaluated', since: evaluated,
  modelName: 'credit-risk-v2', modelVersion: '2', modelDigest: model('2').digest, riskTier: 'high', share: 0, mode: null, validUntil: null,
  proposedBy: engineer, proposedAt: proposed.at, demo: false, stopAsked: false, openForVotes: true, mayVote: true, reassessment: false, ...change,
});

export const approval = (change: Partial<VoteView> = {}): VoteView => ({ vote: `vote ${change.voter?.name ?? 'lead'}`, voter: lead, answer: 'approve', role: 'process-owner', counts: true, conditions: ['Monthly report on automatic grants, employed under 1 year'], validUntil: null, reason: 'Cost clearly lower', evidenceDigest: bundle, at: at('2026-09-14T09:12'), void: null, ...change });

/** A release that waits for its second vote. */
export const detail = (change: Partial<ReleaseDetail> = {}): ReleaseDetail => ({
  ...summary(), source: 'registry', reference: 'version-2', trainedBy: 'ML engineer 1', predecessor: other('rel-1', '1'), champion: other('rel-1', '1'), terms: null,
  decision: { outcome: 'open', needed: [{ roles: ['approver'], by: null }, { roles: ['process-owner'], by: lead }], votes: [approval({ vote: 'vote-0', at: at('2026-09-09T10:00'), counts: false, void: 'EVIDENCE_CHANGED', conditions: [], reason: null }), approval()], bundleDigest: bundle, conditions: approval().conditions, validUntil: null },
  voting: { allowed: true, why: null, message: null }, questions: [], evidence,
  gate: { result: 'findings', findings: [
    { code: 'SEGMENT_OVER_LIMIT', severity: 'warning', text: { de: 'Unter 1 Jahr beschäftigt: 7 von 31 automatisch gewährten falsch, 11 bis 38 %.', en: 'Employed under 1 year: 7 of 31 automatic grants wrong, 11 to 38 %.' } },
    { code: 'SEGMENT_TOO_SMALL', severity: 'info', text: { de: 'Zweck Geschäft: 21 automatisch gewährt, zu wenige für eine Aussage.', en: 'Business purpose: 21 automatic grants, too few for a statement.' } },
  ] },
  moves: [proposed, bundleMove({ from: 'proposed', to: 'evaluated', at: evaluated })], alarms: [], reassessments: [], stepEndsAt: null,
  whatHappens: { automationShare: 0.085, mode: 'automatic', shadow: { looks: [48, 96], maxDays: 14 }, canary: { steps: [10, 50, 100], stepHours: 72 }, validDays: 90, leadDays: 30, endsAt: new Date(Date.now() + 90 * day).toISOString(), reassessAt: new Date(Date.now() + 60 * day).toISOString(), afterwards: { kind: 'people' }, rollsBackTo: null, demoFigures: true },
  serviceStop: null, actions: ['vote', 'stop'], ...change,
});

/** A release that has been live for weeks; `now` is when it is looked at. */
export function live(now: number, change: Partial<ReleaseDetail> = {}): ReleaseDetail {
  const ago = (days: number) => new Date(now - days * day).toISOString();
  const validUntil = new Date(now + 27.5 * day).toISOString();
  return detail({
    state: 'live', since: ago(46), share: 100, mode: 'automatic', validUntil, openForVotes: false, mayVote: false, reassessment: true, proposedAt: ago(75),
    evidence: [...evidence, ...trafficEvidence], champion: null, voting: { allowed: false, why: 'NOT_OPEN', message: 'No vote is open.' },
    decision: { outcome: 'approved', needed: [{ roles: ['approver'], by: person('approver', 'Model risk 1') }, { roles: ['process-owner'], by: lead }], votes: [approval({ at: ago(69) }), approval({ vote: 'vote-2', voter: person('approver', 'Model risk 1'), role: 'approver', conditions: [], at: ago(69) })], bundleDigest: bundle, conditions: approval().conditions, validUntil: null },
    terms: { mode: 'automatic', threshold: 0.9699, certificate: null, policyDigest: digestOf('policy'), policyInForce: true, auditShare: 0.05, seedHash: digestOf('seed'), conditions: approval().conditions, approvedBy: [lead, person('approver', 'Model risk 1')], openedAt: ago(54), validUntil },
    moves: [
      { ...proposed, at: ago(75) },
      bundleMove({ from: 'proposed', to: 'evaluated', at: ago(73) }),
      bundleMove({ from: 'evaluated', to: 'approved', at: ago(69), code: 'VOTED' }),
      bundleMove({ from: 'approved', to: 'shadow', at: ago(68), code: 'DEPLOYED' }),
      bundleMove({ from: 'shadow', to: 'canary', at: ago(54), share: 10, by: { kind: 'person', ...lead }, code: 'SHADOW_OVER', text: 'undecided after 96 paired audits, we go on' }),
      bundleMove({ from: 'canary', to: 'canary', at: ago(50), share: 50, code: 'WITHIN_LIMITS' }),
      bundleMove({ from: 'canary', to: 'live', at: ago(46), share: 100, code: 'CANARY_OVER' }),
    ],
    whatHappens: { ...detail().whatHappens, endsAt: validUntil, reassessAt: new Date(now - 2 * day).toISOString() },
    actions: ['stop', 'roll-back', 'reassess'], ...change,
  });
}

const curve = (errors: (coverage: number) => number) =>
  Array.from({ length: 40 }, (_, index) => {
    const coverage = (index + 1) / 40;
    const m = Math.round(coverage * 400);
    const k = Math.round(errors(coverage) * m);
    const spread = 1.3 * Math.sqrt((k + 1) / (m * m) + 0.0004);
    return { threshold: 1 - coverage / 2, coverage, m, k, risk: k / m, low: Math.max(0, k / m - spread), high: Math.min(1, k / m + spread) };
  });

const segment = (id: string, de: string, en: string, rows: number, championRight: number, challengerRight: number, automatic: number, wrong: number) => ({
  id, label: { de, en }, rows, championRight, challengerRight, automatic, wrong,
  rate: automatic < 30 ? null : wrong / automatic,
  interval: automatic < 30 ? null : { low: Math.max(0, wrong / automatic - 0.06), high: wrong / automatic + 0.08 },
});

export const report: EvaluationReport = {
  kind: 'evaluation-report', service: 'credit-risk', serviceVersion: 1, heldOut: { name: 'held-out.jsonl', digest: digestOf('held-out'), rows: 200 }, certify: { name: 'certify.jsonl', digest: digestOf('certify'), rows: 400 }, comparedRows: 600,
  champion: { model: model('1'), releaseId: 'rel-1' }, challenger: { model: model('2') }, level: 0.9,
  measures: [
    { id: 'accuracy', better: 'higher', champion: 0.725, challenger: 0.747, difference: { value: 0.022, low: -0.013, high: 0.057 }, level: 0.9, limit: null, verdict: 'undecided' },
    { id: 'cost', better: 'lower', champion: 1.24, challenger: 0.91, difference: { value: -0.32, low: -0.46, high: -0.2 }, level: 0.9, limit: null, verdict: 'better' },
    { id: 'auc', better: 'higher', champion: 0.703, challenger: 0.771, difference: { value: 0.068, low: 0.028, high: 0.111 }, level: 0.9, limit: null, verdict: 'better' },
    { id: 'aurc', better: 'lower', champion: 0.173, challenger: 0.142, difference: { value: -0.03, low: -0.051, high: -0.009 }, level: 0.9, limit: null, verdict: 'better' },
    { id: 'calibration', better: 'lower', champion: 0.031, challenger: 0.037, difference: { value: 0.006, low: -0.025, high: 0.042 }, level: 0.9, limit: null, verdict: 'worse' },
    { id: 'latency-p95', better: 'lower', champion: 3.1, challenger: 3.4, difference: { value: 0.3, low: 0.1, high: 0.5 }, level: 0.9, limit: 50, verdict: 'in-limit' },
  ],
  curves: { part: 'certify', rows: 400, level: 0.9, limit: 0.15, champion: curve((coverage) => 0.06 + 0.24 * coverage), challenger: curve((coverage) => 0.02 + 0.27 * coverage * coverage + 0.01 * Math.sin(coverage * 20)) },
  certificate: { ...certified, threshold: 0.835, m: 150, k: 14, errorRate: 14 / 150, upperBound: 0.131, coverage: 0.375 }, minimumSegment: 30,
  segments: [
    segment('employed-under-1', 'Unter 1 Jahr beschäftigt', 'Employed under 1 year', 136, 82, 88, 31, 7),
    segment('business', 'Zweck: Geschäft', 'Purpose: business', 65, 50, 46, 21, 5),
    segment('small', 'Betrag unter 2.000 DM', 'Amount under 2,000 DM', 257, 190, 198, 111, 11),
    segment('middle', 'Betrag 2.000–4.999 DM', 'Amount 2,000–4,999 DM', 231, 171, 169, 91, 12),
  ],
  automationShare: 0.375, failures: { champion: 0, challenger: 0 }, seed: 20261122, computedAt: Date.parse(evaluated),
};

const documents: Partial<Record<EvidenceKind, EvidenceDocument>> = {
  evaluation: { kind: 'evaluation', document: report },
  gate: { kind: 'gate', document: detail().gate ?? { result: 'pass', findings: [] } },
  'model-card': { kind: 'model-card', document: { markdown: '# Model card: credit-risk-v2\n\nWill this loan be **repaid**? See [the data](https://example.org/data).\n\n<script>alert(1)</script>\n\n## Measures\n\n| measure | certify | replay |\n|---|---|---|\n| right | 73.8 % | 74.0 % |\n| AUC | 0.751 | 0.771 |\n\n- `amount`\n- `purpose`\n', digest: digestOf('card') } },
  lineage: { kind: 'lineage', document: { data: [{ name: 'train.jsonl', digest: digestOf('train') }, { name: 'certify.jsonl', digest: digestOf('certify') }], code: 'models/credit-risk/train.py', run: null } },
  artefact: { kind: 'artefact', document: { ...model('2'), uri: null, format: 'onnx', sizeBytes: 4096, servedDigest: model('2').digest } },
  'shadow-report': { kind: 'shadow-report', document: { kind: 'shadow-report', service: 'credit-risk', releaseId: 'rel-2', champion: { model: model('1'), releaseId: 'rel-1' }, candidate: { model: model('2') }, looks: { planned: [48, 96], taken: 2, nextAt: null }, pairs: 96, unanswered: 1, table: { bothRight: 70, onlyChampionWrong: 9, onlyCandidateWrong: 7, bothWrong: 10 }, difference: { value: -0.021, low: -0.085, high: 0.044 }, margin: 0.03, delta: 0.1, deltaPerLook: 0.05, result: 'undecided', atEnd: true, certificate: null, mode: 'automatic', threshold: 0.9699, computedAt: Date.parse(at('2026-10-01T09:00')) } },
  'canary-report': { kind: 'canary-report', document: { kind: 'canary-report', service: 'credit-risk', releaseId: 'rel-2', candidate: { model: model('2') }, share: 50, cases: 412, automatic: 61, audited: 22, wrong: 1, failures: { value: 0.002, limit: 0.02, verdict: 'in-limit', count: 1 }, latencyP95: { value: null, limit: 1000, verdict: 'not-measured' }, alarm: { alpha: 0.15, delta: 0.05, evidence: 0.4, limit: 20, raised: false }, result: 'go-on', reasons: [], computedAt: Date.parse(at('2026-10-07T09:00')) } },
  registry: { kind: 'registry', document: { registry: 'local', modelId: 'credit-risk', versionId: 'version-2', state: 'LIVE', properties: { service: 'credit-risk', author: 'ML engineer 1' } } },
};

export function documentOf(digest: string): EvidenceDocument | undefined {
  const found = [...evidence, ...trafficEvidence].find((one) => one.digest === digest);
  return found === undefined ? undefined : documents[found.kind];
}
