// Job worker `take-back-candidate`: ends a release that is on its way, in the ledger first, then on platform and registry; of one that is live already it raises an alarm.
import { z } from 'zod';
import { raiseAlarm, rejectRelease, withdrawRelease, type Lifecycle } from '../../ledger/index.ts';
import { failureCodes, ReleaseProposed, type FailureCode } from '../../processes/model-promotion/variables.ts';
import { isTransient, PlatformError } from '../kubeflow/platform-error.ts';
import { defineWorker, type Tools } from '../runtime/worker-definition.ts';
import { currentEvidence } from './current-evidence.ts';
import { platformUnavailable } from './failures.ts';
import { promotionActor } from './move-or-fail.ts';
import { decidingRelease, isOver, lifeOf } from './release-in-hand.ts';
import { tellRegistry } from './tell-registry.ts';
import { tellWaitingWatch } from './tell-waiting-watch.ts';

export const takeBackCandidate = defineWorker({
  type: 'take-back-candidate',
  input: ReleaseProposed.pick({ releaseId: true }).extend({ failure: z.enum(failureCodes).nullish() }),
  output: z.object({}),
  errors: ['PLATFORM_UNAVAILABLE'],
  timeLimitMs: 60_000,

  async handle({ releaseId, failure }, tools) {
    const { ledger } = tools;
    const life = await lifeOf(ledger, releaseId);
    if (life.state === 'live') await tellOfLive(life, failure, tools);
    else if (!isOver(life)) await endInLedger(life, failure ?? (await failureOf(life, tools)), tools);
    await takeFromPlatform(life, tools).catch((error: unknown) => { leaveOrRetry(error, tools); });
    await tellWaitingWatch(tools, life);
    return {};
  },
});

/** The ledger went live first and stays so: it is the platform that does not follow, and only people can mend that. */
async function tellOfLive({ releaseId, model }: Lifecycle, failure: FailureCode | null | undefined, { ledger }: Tools): Promise<void> {
  if (failure == null) return;
  await raiseAlarm(ledger, { releaseId, kind: 'deployment', window: failure, facts: { state: 'refused-when-live', failure, version: model.name } });
}

async function endInLedger({ releaseId, state }: Lifecycle, code: FailureCode, { ledger }: Tools): Promise<void> {
  const request = { releaseId, by: promotionActor, why: { code } };
  if (state === 'proposed' || state === 'evaluated') await rejectRelease(ledger, request);
  else await withdrawRelease(ledger, request);
}

/** Read from what the ledger holds, where no step named a failure of its own. */
async function failureOf({ releaseId, state, stopAsked }: Lifecycle, { ledger }: Tools): Promise<FailureCode> {
  if (stopAsked !== null) return 'STOPPED';
  switch (state) {
    case 'proposed':
      return 'NOT_EVALUATED';
    case 'evaluated':
      return (await currentEvidence(ledger, releaseId, 'gate'))?.result === 'block' ? 'BLOCKED_BY_GATE' : 'NOT_APPROVED';
    case 'approved':
      return 'NOT_SERVED';
    case 'shadow':
      return 'WORSE_IN_SHADOW';
    case 'canary':
      return 'WORSE_IN_CANARY';
    default:
      return 'RELEASE_OVER';
  }
}

/** Never the version that decides: of a renewal it is the same one. */
async function takeFromPlatform(life: Lifecycle, tools: Tools): Promise<void> {
  const { ledger, platform, signal } = tools;
  const deciding = await decidingRelease(ledger, life.service);
  if (life.kind === 'promotion' && life.state !== 'live' && deciding?.model.name !== life.model.name) await platform.deployment.remove({ service: life.service, name: life.model.name }, { signal });
  await tellRegistry(tools, life.releaseId);
}

/** What the platform refuses for good is left to people: the ledger, which decides, holds the end already. */
function leaveOrRetry(error: unknown, { log }: Tools): void {
  if (isTransient(error)) throw platformUnavailable(error.message);
  if (!(error instanceof PlatformError)) throw error;
  log.error({ system: error.system, kind: error.kind, detail: error.detail }, `A version could not be taken from the platform. ${error.message}`);
}
