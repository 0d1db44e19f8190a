/**
 * Evaluates a challenger beside the champion, through the serving endpoints, on rows that no model was fitted on.
 * Measures and segments speak of held-out and certify rows together; the curves and, for services whose error reference is
 * a historical outcome, the certificate speak of the certify part. Per segment the threshold is the certified one, which was
 * chosen on part of the same rows: those rates describe and are no certificate of their own.
 */
import { createHash } from 'node:crypto';
import type { Model } from '../../ledger/index.ts';
import type { CertificateDocument, EvaluationReport } from '../../ledger/releases/evaluation-report.ts';
import type { StoredService } from '../../ledger/services/service.ts';
import { evaluationPlanOf } from '../../ledger/services/evaluation-plan.ts';
import type { AuditedCase } from './assess-canary.ts';
import { certifyCandidate } from './certify-candidate.ts';
import { compareMeasures } from './compare-measures.ts';
import { automaticClasses, type ComparedRow } from './compared-row.ts';
import { EvaluationFailure } from './evaluation-failure.ts';
import { readLabelledRows, type LabelledRows } from './labelled-rows.ts';
import { riskCurve } from './risk-curve.ts';
import { scoreRows, type ScoredRow, type ServedModel } from './score-rows.ts';
import { segmentResults } from './segment-results.ts';

export type EvaluateOptions = {
  service: Pick<StoredService, 'definition' | 'version'>;
  challenger: ServedModel;
  champion: (ServedModel & { releaseId: string | null }) | null;
  /** Of a renewal: the blind audits of the release that is renewed, of the same version; they certify where blind verdicts are the error reference. */
  ownAudits?: readonly AuditedCase[];
  /** Folder below which the service's evaluation files lie. */
  dataFolder: string;
  /** Milliseconds since 1970. */
  now: number;
  steadyClock: () => number;
  signal: AbortSignal;
  parallel?: number;
};

const level = 0.9;

/** Throws `EvaluationFailure` or, where a model cannot be reached, `ServingError`. */
export async function evaluateChallenger(options: EvaluateOptions): Promise<EvaluationReport> {
  const { service, champion, challenger, now } = options;
  const { definition } = service;
  const plan = evaluationPlanOf(definition);
  const { heldOut, certify } = await readParts(options);
  const labelled = [...(certify?.rows ?? []).map((row) => ({ ...row, part: 'certify' as const })), ...heldOut.rows.map((row) => ({ ...row, part: 'held-out' as const }))];
  const { steadyClock, signal, parallel = 4 } = options;
  const models: ServedModel[] = champion === null ? [challenger] : [challenger, champion];
  const [challengerSaid = [], championSaid = null] = await scoreRows(models, { definition, rows: labelled, signal, steadyClock, parallel });
  const answered = labelled.flatMap((row, index): ComparedRow[] => {
    const said = challengerSaid[index] ?? null;
    return said === null ? [] : [{ ...row, champion: championSaid?.[index] ?? null, challenger: said }];
  });
  const compared = championSaid === null ? answered : answered.filter((row) => row.champion !== null);
  if (compared.length === 0) throw new EvaluationFailure('NO_ANSWERS', `"${challenger.model.name}" and the champion answered no row in common; nothing can be compared.`);

  const certificate = certificateOf(answered, options, certify);
  const threshold = certificate?.certified === true ? certificate.threshold : null;
  const automatic = automaticClasses(definition.classes);
  const seed = seedOf(options, heldOut, certify);
  return {
    kind: 'evaluation-report',
    service: definition.id,
    serviceVersion: service.version,
    heldOut: heldOut.part,
    certify: certify?.part ?? null,
    comparedRows: compared.length,
    champion: champion === null ? null : { model: plainModel(champion.model), releaseId: champion.releaseId },
    challenger: { model: plainModel(challenger.model) },
    level,
    measures: await compareMeasures({ rows: compared, definition, latencyLimitMs: plan.latencyLimitMs, level, seed }),
    curves: curvesOf(compared, { part: certify === null ? 'held-out' : 'certify', limit: definition.promise.alpha, threshold, automatic }),
    certificate,
    minimumSegment: plan.minimumSegment,
    segments: segmentResults(compared, { segments: plan.segments, minimum: plan.minimumSegment, automatic, threshold, level }),
    automationShare: certificate?.certified === true ? certificate.coverage : 0,
    failures: { champion: countNulls(championSaid), challenger: countNulls(challengerSaid) },
    seed,
    computedAt: now,
  };
}

async function readParts({ service, dataFolder }: EvaluateOptions): Promise<{ heldOut: LabelledRows; certify: LabelledRows | null }> {
  const { definition } = service;
  const plan = evaluationPlanOf(definition);
  if (plan.heldOut === undefined)
    throw new EvaluationFailure('DATA_MISSING', `The service "${definition.id}" names no held-out rows. Add evaluation.heldOut, a file of labelled rows that no model was fitted on.`);
  return {
    heldOut: await readLabelledRows(dataFolder, plan.heldOut, definition.classes),
    certify: plan.certify === null ? null : await readLabelledRows(dataFolder, plan.certify, definition.classes),
  };
}

/** Outcomes certify only where the service says that outcomes are its error reference; else blind verdicts do: a renewal's own, or the shadow's to come. */
function certificateOf(rows: readonly ComparedRow[], { service, ownAudits }: EvaluateOptions, certify: LabelledRows | null): CertificateDocument | null {
  const { definition } = service;
  const look = { index: 1, of: definition.promise.looks };
  if (definition.promise.errorReference === 'blind-verdict' && ownAudits !== undefined)
    return certifyCandidate(ownAudits.map((one) => ({ class: one.class, confidence: one.confidence, outcome: one.verdict })), { definition, data: null, look });
  if (definition.promise.errorReference !== 'historical-outcome' || certify === null) return null;
  const own = rows.filter(({ part }) => part === 'certify').map(({ challenger, outcome }) => ({ class: challenger.class, confidence: challenger.confidence, outcome }));
  return certifyCandidate(own, { definition, data: certify.part, look });
}

type CurveOptions = { part: 'certify' | 'held-out'; limit: number; threshold: number | null; automatic: (predicted: string) => boolean };

function curvesOf(compared: readonly ComparedRow[], { part, limit, threshold, automatic }: CurveOptions): EvaluationReport['curves'] {
  const rows = compared.filter((row) => row.part === part);
  const curve = (said: (row: ComparedRow) => ScoredRow | null, keep: number | null) =>
    riskCurve(
      rows.flatMap((row) => {
        const found = said(row);
        return found === null ? [] : [{ class: found.class, confidence: found.confidence, outcome: row.outcome }];
      }),
      automatic,
      { level, keep },
    );
  const withChampion = rows.some(({ champion }) => champion !== null);
  return { part, rows: rows.length, level, limit, champion: withChampion ? curve(({ champion }) => champion, null) : null, challenger: curve(({ challenger }) => challenger, threshold) };
}

/** From what is evaluated: the same evaluation has the same intervals whoever repeats it. */
function seedOf({ champion, challenger }: EvaluateOptions, heldOut: LabelledRows, certify: LabelledRows | null): number {
  const text = [heldOut.part.digest, certify?.part.digest ?? '', champion?.model.digest ?? '', challenger.model.digest].join(':');
  return createHash('sha256').update(text).digest().readUIntBE(0, 6);
}

function countNulls(said: readonly (ScoredRow | null)[] | null): number {
  return said?.filter((one) => one === null).length ?? 0;
}

function plainModel({ name, version, digest }: Model): Model {
  return { name, version, digest };
}
