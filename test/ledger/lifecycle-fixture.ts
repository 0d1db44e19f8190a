/** A release on its way, for tests: people, evidence, votes, and the moves up to a state. */
import { createHash, randomUUID } from 'node:crypto';
import {
  addEvidence,
  castVote,
  moveRelease,
  proposeRelease,
  readGoLiveDecision,
  type CastVoteRequest,
  type CastVoteResult,
  type EvidenceDocument,
  type Lifecycle,
  type ProposeReleaseRequest,
  type ReleaseState,
  type ReleaseTerms,
  type RiskTier,
  type Role,
  type User,
} from '../../ledger/index.ts';
import { writeRecord } from '../../ledger/chain/write-record.ts';
import { transact } from '../../ledger/store/transact.ts';
import { definition, openBench, release as openLive, type Bench } from './fixture.ts';

export const sha = (word: string): string => createHash('sha256').update(word).digest('hex');

/** The candidate of these tests. */
export const candidate = { name: 'loans-v2', version: '2', digest: sha('loans-v2') };

export type People = { requester: User; trainer: User; approver: User; other: User; owner: User; both: User; expert: User };

export type LifeBench = Bench & { people: People; champion: string };

/** A live champion of 30 days, the people, and a service of this tier. */
export async function lifeBench(options: { tier?: RiskTier; dataDir?: string } = {}): Promise<LifeBench> {
  const bench = await openBench({ definition: { ...definition, riskTier: options.tier ?? 'high' }, ...(options.dataDir !== undefined && { dataDir: options.dataDir }) });
  const { releaseId } = await openLive(bench);
  return { ...bench, people: await makePeople(bench), champion: releaseId };
}

export async function makePeople({ ledger }: Pick<Bench, 'ledger'>): Promise<People> {
  const make = async (name: string, ...roles: Role[]): Promise<User> => {
    const user: User = { userId: randomUUID(), name, displayName: name, roles, groups: [], createdAt: ledger.clock.now() };
    const { userId, groups, createdAt } = user;
    // As `createUser` does, without the cost of hashing a password that nobody types.
    await transact(ledger, (tx) => writeRecord(tx, { kind: 'user-created', caseId: null, facts: { userId, roles, groups, createdAt }, unrecorded: { name, display_name: name, password_hash: 'none' } }));
    return user;
  };
  const [requester, trainer, approver, other, owner, both, expert] = await Promise.all([
    make('rita', 'ml-engineer', 'approver'),
    make('tom', 'ml-engineer', 'approver'),
    make('anna', 'approver'),
    make('otto', 'approver'),
    make('paula', 'process-owner'),
    make('bela', 'approver', 'process-owner'),
    make('erik', 'expert'),
  ]);
  return { requester, trainer, approver, other, owner, both, expert };
}

export async function propose({ ledger, people }: LifeBench, change: Partial<ProposeReleaseRequest> = {}): Promise<Lifecycle> {
  const result = await proposeRelease(ledger, { service: 'loans', kind: 'promotion', model: candidate, source: 'hand', reference: null, proposedBy: people.requester.userId, trainedBy: people.trainer.name, ...change });
  if (result.kind === 'refused') throw new Error(result.message);
  return result.release;
}

export const artefact = (digest = candidate.digest, servedDigest: string | null = null): EvidenceDocument => ({
  kind: 'artefact',
  document: { name: 'loans-v2', version: '2', digest, uri: null, format: 'onnx', sizeBytes: null, servedDigest },
});

export const card = (markdown: string): EvidenceDocument => ({ kind: 'model-card', document: { markdown, digest: sha(markdown) } });

export const certificate = {
  certified: true as const,
  alpha: 0.05,
  delta: 0.05,
  n: 400,
  eligible: 400,
  startSize: 100,
  tested: [],
  errorReference: 'blind-verdict' as const,
  population: { de: 'alle', en: 'all' },
  look: { index: 1, of: 2 },
  data: null,
  threshold: 0.8,
  accepted: [0.8],
  m: 300,
  k: 3,
  errorRate: 0.01,
  upperBound: 0.03,
  coverage: 0.75,
};

/** Its certificate is what an automatic release may rest on. */
export const shadowReport = (releaseId: string, change: Partial<Extract<EvidenceDocument, { kind: 'shadow-report' }>['document']> = {}): EvidenceDocument => ({
  kind: 'shadow-report',
  document: {
    kind: 'shadow-report',
    service: 'loans',
    releaseId,
    champion: null,
    candidate: { model: candidate },
    looks: { planned: [200, 400], taken: 1, nextAt: 400 },
    pairs: 200,
    unanswered: 0,
    table: { bothRight: 190, onlyChampionWrong: 5, onlyCandidateWrong: 3, bothWrong: 2 },
    difference: null,
    margin: 0.02,
    delta: 0.05,
    deltaPerLook: 0.025,
    result: 'not-worse',
    atEnd: false,
    certificate,
    mode: 'automatic',
    threshold: 0.8,
    computedAt: 1,
    ...change,
  },
});

/** Computed under version 1 of the service; it states the same certificate as the shadow report. */
export const evaluationReport = (): EvidenceDocument => ({
  kind: 'evaluation',
  document: {
    kind: 'evaluation-report',
    service: 'loans',
    serviceVersion: 1,
    heldOut: { name: 'held-out.csv', digest: sha('held-out'), rows: 400 },
    certify: null,
    comparedRows: 400,
    champion: null,
    challenger: { model: candidate },
    level: 0.9,
    measures: [],
    curves: { part: 'held-out', rows: 400, level: 0.9, limit: 0.05, champion: null, challenger: [] },
    certificate,
    minimumSegment: 30,
    segments: [],
    automationShare: 0.75,
    failures: { champion: 0, challenger: 0 },
    seed: 1,
    computedAt: 1,
  },
});

/** On the last step, unless the change says another. */
export const canaryReport = (releaseId: string, change: Partial<Extract<EvidenceDocument, { kind: 'canary-report' }>['document']> = {}): EvidenceDocument => ({
  kind: 'canary-report',
  document: {
    kind: 'canary-report',
    service: 'loans',
    releaseId,
    candidate: { model: candidate },
    share: 100,
    cases: 100,
    automatic: 60,
    audited: 10,
    wrong: 0,
    failures: { value: 0, limit: 0.02, verdict: 'in-limit', count: 0 },
    latencyP95: { value: null, limit: 500, verdict: 'not-measured' },
    alarm: { alpha: 0.05, delta: 0.05, evidence: 0, limit: 20, raised: false },
    result: 'go-on',
    reasons: [],
    computedAt: 1,
    ...change,
  },
});

/** Nobody is drawn for an audit. */
export const automatic: ReleaseTerms = { mode: 'automatic', threshold: 0.8, certificate, auditShare: 1e-12 };
export const pilotTerms: ReleaseTerms = { mode: 'pilot', threshold: null, certificate: null };

export async function evidence({ ledger }: Bench, releaseId: string, ...documents: EvidenceDocument[]): Promise<string> {
  const added = await addEvidence(ledger, { releaseId, documents, by: 'system:promotion' });
  if (added.kind === 'refused') throw new Error(added.message);
  return added.bundleDigest;
}

/** On the evidence as it is now. */
export async function vote({ ledger }: Bench, releaseId: string, voter: User, change: Partial<CastVoteRequest> = {}): Promise<CastVoteResult> {
  const { bundleDigest } = await readGoLiveDecision(ledger, releaseId);
  return castVote(ledger, { releaseId, voter: voter.userId, vote: 'approve', evidenceDigest: bundleDigest ?? '', ...change });
}

const by = 'system:promotion';
const why = { code: 'TEST' };

export async function move({ ledger }: Bench, releaseId: string, to: ReleaseState, change: { share?: number; terms?: ReleaseTerms } = {}): Promise<Lifecycle> {
  const moved = await moveRelease(ledger, { releaseId, to, by, why, ...change });
  if (moved.kind === 'refused') throw new Error(`${moved.reason}: ${moved.message}`);
  return moved.release;
}

/** Proposed and brought to the state, approved by an approver and a process owner. */
export async function upTo(bench: LifeBench, state: 'proposed' | 'evaluated' | 'approved' | 'shadow' | 'canary' | 'live', change: { share?: number; terms?: ReleaseTerms } & Partial<ProposeReleaseRequest> = {}): Promise<Lifecycle> {
  const { share = 10, terms = automatic, ...proposal } = change;
  let release = await propose(bench, proposal);
  const { releaseId, kind } = release;
  const steps = (['proposed', 'evaluated', 'approved', 'shadow', 'canary', 'live'] as const).slice(1, ['proposed', 'evaluated', 'approved', 'shadow', 'canary', 'live'].indexOf(state) + 1);
  for (const step of steps) {
    if (kind === 'renewal' && (step === 'shadow' || step === 'canary')) continue;
    if (step === 'evaluated') await evidence(bench, releaseId, artefact(release.model.digest), card('first'));
    if (step === 'approved') for (const voter of [bench.people.approver, bench.people.owner]) await vote(bench, releaseId, voter);
    if (step === 'canary' || (step === 'live' && kind === 'renewal')) await evidence(bench, releaseId, shadowReport(releaseId));
    if (step === 'live' && kind === 'promotion') {
      await move(bench, releaseId, 'canary', { share: 100 });
      await evidence(bench, releaseId, canaryReport(releaseId));
    }
    release = await move(bench, releaseId, step, step === 'canary' ? { share, terms } : step === 'live' && kind === 'renewal' ? { terms } : {});
  }
  return release;
}
