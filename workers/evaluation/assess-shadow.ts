/**
 * Judges a shadow: candidate against champion on the same blind-audited cases, at looks planned in advance, and the
 * candidate's own certificate. Three results: not worse, worse, undecided; an undecided one at the end is a person's.
 */
import type { Model, ShadowCase } from '../../ledger/index.ts';
import type { CertificateDocument } from '../../ledger/releases/evaluation-report.ts';
import type { ShadowReport } from '../../ledger/releases/traffic-report.ts';
import type { DecisionServiceDefinition } from '../../ledger/services/definition.ts';
import { evaluationPlanOf } from '../../ledger/services/evaluation-plan.ts';
import { comparePlanned, countPairs, type Pair } from '../../trust/index.ts';
import { certifyCandidate } from './certify-candidate.ts';

export type AssessShadowOptions = {
  definition: DecisionServiceDefinition;
  releaseId: string;
  candidate: Model;
  champion: { model: Model; releaseId: string | null } | null;
  /** A random sample of all cases with their first blind verdicts, in the order of the verdicts. */
  cases: readonly ShadowCase[];
  /** The shadow has lasted as long as the plan allows: whatever is there is all there will be. */
  timeUp: boolean;
  /** The certificate of this release's evaluation, where its service certifies on historical outcomes. */
  evaluated: CertificateDocument | null;
  /** Milliseconds since 1970. */
  now: number;
};

export function assessShadow(options: AssessShadowOptions): ShadowReport {
  const { definition, releaseId, candidate, champion, cases, timeUp, now } = options;
  const { shadow, margin } = evaluationPlanOf(definition);
  const { delta } = definition.promise;
  // A case that another champion decided, or that one of the two did not answer, says nothing about this comparison.
  const ofChampion = champion === null ? [] : cases.filter((one) => one.champion !== null && one.champion.model.digest === champion.model.digest);
  const pairs = ofChampion.flatMap((one): Pair[] => (one.candidate === null ? [] : [{ championWrong: one.champion?.class !== one.verdict, candidateWrong: one.candidate.class !== one.verdict }]));
  const answered = cases.filter((one) => one.candidate !== null).length;
  const compared = comparePlanned({ pairs, looks: shadow.looks, margin, delta, timeUp });
  const last = compared.looks.at(-1);
  const alone = championless(options, answered);
  const taken = champion === null ? alone.taken : compared.looks.length;
  const certificate = certificateOf(options, taken);
  const threshold = certificate?.certified === true ? certificate.threshold : null;
  return {
    kind: 'shadow-report',
    service: definition.id,
    releaseId,
    champion: champion === null ? null : { model: plain(champion.model), releaseId: champion.releaseId },
    candidate: { model: plain(candidate) },
    looks: { planned: [...shadow.looks], taken, nextAt: champion === null ? alone.nextAt : compared.nextAt },
    pairs: pairs.length,
    unanswered: cases.length - answered,
    table: last?.table ?? countPairs(pairs),
    difference: last?.difference ?? null,
    margin,
    delta,
    deltaPerLook: compared.deltaPerLook,
    result: champion === null ? alone.result : compared.result,
    atEnd: champion === null ? alone.result === 'undecided' && timeUp : compared.atEnd,
    certificate,
    mode: threshold === null ? 'pilot' : 'automatic',
    threshold,
    computedAt: now,
  };
}

/**
 * Where nothing decides yet, every case is a person's: there is nothing to be worse than. The shadow then only collects
 * evidence, up to its first look or the end of its time.
 */
function championless({ definition, timeUp }: AssessShadowOptions, answered: number): { result: ShadowReport['result']; taken: number; nextAt: number | null } {
  const [first = 1] = evaluationPlanOf(definition).shadow.looks;
  const done = answered >= first;
  return { result: done || timeUp ? 'not-worse' : 'undecided', taken: done || timeUp ? 1 : 0, nextAt: done || timeUp ? null : first };
}

/**
 * From historical outcomes: the evaluation's. From blind verdicts: of the cases here, at one of as many looks as the shadow
 * has, within one of the service's own. From later outcomes: none yet. Before the first look there is none either.
 */
function certificateOf({ definition, evaluated, cases }: AssessShadowOptions, taken: number): CertificateDocument | null {
  const { errorReference, looks } = definition.promise;
  if (errorReference === 'historical-outcome') return evaluated;
  if (errorReference === 'later-outcome' || taken === 0) return null;
  const planned = evaluationPlanOf(definition).shadow.looks.length;
  const rows = cases.flatMap(({ candidate, verdict }) => (candidate === null ? [] : [{ class: candidate.class, confidence: candidate.confidence, outcome: verdict }]));
  return certifyCandidate(rows, { definition, data: null, look: { index: taken, of: planned * looks } });
}

function plain({ name, version, digest }: Model): Model {
  return { name, version, digest };
}
