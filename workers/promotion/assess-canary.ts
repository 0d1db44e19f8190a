// Job worker `assess-canary`: does the candidate answer, in time, with the approved file, within the promised error?
import { addEvidence } from '../../ledger/index.ts';
import { ReleaseProposed, Variables } from '../../processes/model-promotion/variables.ts';
import { assessCanary as assess, collectAudits, countCanaryCases, probeLatency } from '../evaluation/index.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { currentEvidence } from './current-evidence.ts';
import { releaseFailed } from './failures.ts';
import { promotionActor } from './move-or-fail.ts';
import { openLifeOf, serviceOf } from './release-in-hand.ts';
import { servedModel } from './served-model.ts';

export const assessCanary = defineWorker({
  type: 'assess-canary',
  input: ReleaseProposed.pick({ releaseId: true }).extend(Variables.pick({ share: true }).shape),
  output: Variables.pick({ canary: true }),
  errors: ['RELEASE_FAILED'],
  timeLimitMs: 60_000,

  async handle({ releaseId, share }, tools) {
    const { ledger, platform, settings, signal } = tools;
    const before = await currentEvidence(ledger, releaseId, 'canary-report');
    // A second run of the same step answers what was found.
    if (before?.share === share) return { canary: before.result };
    const life = await openLifeOf(ledger, releaseId);
    const { definition } = await serviceOf(ledger, life.service);
    // An unreachable platform is no proof against the candidate: its cases, which go to people then, are.
    const served = await platform.deployment.readiness({ service: life.service, name: life.model.name }, { signal }).catch(() => null);
    const latencies =
      served?.state === 'ready'
        ? await probeLatency({ definition, served: servedModel(tools, life.model, served), dataFolder: settings.promotion.evaluationData, signal, steadyClock: () => performance.now() })
        : [];
    const report = assess({
      definition,
      releaseId,
      candidate: life.model,
      share,
      counts: await countCanaryCases(ledger, releaseId),
      audits: await collectAudits(ledger, { releaseId, mode: life.terms?.mode ?? 'pilot' }),
      threshold: life.terms?.threshold ?? null,
      latencies,
      servedDigest: served?.digest ?? null,
      now: ledger.clock.now(),
    });
    const added = await addEvidence(ledger, { releaseId, documents: [{ kind: 'canary-report', document: report }], by: promotionActor });
    if (added.kind === 'refused') throw releaseFailed('RELEASE_OVER', added.message);
    return { canary: report.result };
  },
});
