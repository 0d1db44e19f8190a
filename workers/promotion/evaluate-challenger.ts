// Job worker `evaluate-challenger`: candidate beside the deciding version on held-out rows, through the serving endpoints.
import { addEvidence, getRelease, type EvidenceDocument, type Lifecycle, type Release, type StoredService } from '../../ledger/index.ts';
import type { EvaluationReport } from '../../ledger/releases/evaluation-report.ts';
import { ReleaseProposed, Variables } from '../../processes/model-promotion/variables.ts';
import { collectAudits, evaluateChallenger as evaluate, EvaluationFailure, type AuditedCase } from '../evaluation/index.ts';
import { defineWorker, type Tools } from '../runtime/worker-definition.ts';
import { currentEvidence } from './current-evidence.ts';
import { evaluationFacts } from './evaluation-facts.ts';
import { onPlatform, platformRefused, platformUnavailable, releaseFailed } from './failures.ts';
import { moveOrFail, promotionActor } from './move-or-fail.ts';
import { decidingRelease, openLifeOf, serviceOf } from './release-in-hand.ts';
import { servedModel } from './served-model.ts';

export const evaluateChallenger = defineWorker({
  type: 'evaluate-challenger',
  input: ReleaseProposed.pick({ releaseId: true }),
  output: Variables.pick({ evaluation: true }),
  errors: ['RELEASE_FAILED', 'PLATFORM_UNAVAILABLE'],
  timeLimitMs: 15 * 60_000,
  maxParallel: 1,

  async handle({ releaseId }, tools) {
    const { ledger } = tools;
    const life = await openLifeOf(ledger, releaseId);
    const service = await serviceOf(ledger, life.service);
    const champion = await championOf(life, tools);
    const report = (await reportBefore(life, service, champion, tools)) ?? (await evaluateNow(life, service, champion, tools));
    if (life.state === 'proposed') await moveOrFail(ledger, { releaseId, to: 'evaluated', by: promotionActor, why: { code: 'EVALUATED' } });
    return { evaluation: await evaluationFacts(ledger, life, report) };
  },
});

/** What decides now; of a renewal there is none: the version would be compared with itself. */
async function championOf(life: Lifecycle, { ledger }: Tools): Promise<Release | null> {
  return life.kind === 'renewal' ? null : decidingRelease(ledger, life.service);
}

/** A job that is repeated, or evidence collected anew, finds the report that speaks of the same versions and rows' service. */
async function reportBefore(life: Lifecycle, service: StoredService, champion: Release | null, { ledger }: Tools): Promise<EvaluationReport | null> {
  const found = await currentEvidence(ledger, life.releaseId, 'evaluation');
  if (found === null || found.serviceVersion !== service.version) return null;
  const same = found.challenger.model.digest === life.model.digest && (found.champion?.model.digest ?? null) === (champion?.model.digest ?? null);
  return same ? found : null;
}

/** A renewal is certified anew, on the blind audits of the release it renews. */
async function ownAuditsOf(life: Lifecycle, { ledger }: Tools): Promise<readonly AuditedCase[] | null> {
  const renewed = life.kind === 'renewal' && life.predecessor !== null ? await getRelease(ledger, life.predecessor) : null;
  return renewed === null ? null : collectAudits(ledger, renewed);
}

async function evaluateNow(life: Lifecycle, service: StoredService, champion: Release | null, tools: Tools): Promise<EvaluationReport> {
  const { ledger, platform, signal, settings } = tools;
  const readiness = await onPlatform(tools, () => platform.deployment.readiness({ service: life.service, name: life.model.name }, { signal }), platformRefused);
  if (readiness.state !== 'ready') throw platformUnavailable('The candidate is not served at this moment.');
  const championServed = champion === null ? null : await onPlatform(tools, () => platform.deployment.readiness({ service: life.service, name: champion.model.name }, { signal }), platformRefused);
  const ownAudits = await ownAuditsOf(life, tools);
  const report = await onPlatform(
    tools,
    () =>
      evaluate({
        service,
        challenger: servedModel(tools, life.model, readiness),
        // A champion that is not served cannot be compared with; the report says that there is none.
        champion: champion === null || championServed?.state !== 'ready' ? null : { ...servedModel(tools, champion.model, championServed), releaseId: champion.releaseId },
        ...(ownAudits === null ? {} : { ownAudits }),
        dataFolder: settings.promotion.evaluationData,
        now: ledger.clock.now(),
        steadyClock: () => performance.now(),
        signal,
      }),
    platformRefused,
  ).catch((error: unknown) => {
    throw error instanceof EvaluationFailure ? releaseFailed('EVALUATION_FAILED', error.message) : error;
  });
  const artefact = await currentEvidence(ledger, life.releaseId, 'artefact');
  const documents: EvidenceDocument[] = [{ kind: 'evaluation', document: report }];
  if (artefact !== null) documents.push({ kind: 'artefact', document: { ...artefact, servedDigest: readiness.digest } });
  const added = await addEvidence(ledger, { releaseId: life.releaseId, documents, by: promotionActor });
  if (added.kind === 'refused') throw releaseFailed('RELEASE_OVER', added.message);
  return report;
}
