/** The gate of an automatic outcome. Asks the ledger alone, at this moment, and refuses with a code when in doubt. */
import type { Case } from '../cases/case.ts';
import { findPrediction } from '../predictions/get-prediction.ts';
import type { Prediction } from '../predictions/prediction.ts';
import { findActiveRelease, isPolicyOf } from '../releases/active-release.ts';
import type { ActiveRelease, Release } from '../releases/release.ts';
import { findService } from '../services/get-service.ts';
import { routingTableInForce } from '../services/routing-table-in-force.ts';
import type { StoredService } from '../services/service.ts';
import type { Tx } from '../store/transact.ts';
import { refuseDecision, type Refused } from './refuse-decision.ts';

/** A release and a prediction under which the model may decide this case, or the refusal. */
export type GateAnswer = { kind: 'open'; release: Release; prediction: Prediction } | Refused;

export async function askGate(tx: Tx, theCase: Case, seenTableDigest: string | undefined): Promise<GateAnswer> {
  const closed = refuseCase(theCase);
  if (closed) return closed;
  const released = liveAutomaticRelease(await findActiveRelease(tx, theCase.service, tx.now, theCase));
  if (released.kind === 'refused') return released;
  const { release } = released;
  const prediction = await findPrediction(tx.db, theCase.caseId);
  if (!prediction) return refuseDecision('NO_PREDICTION', 'No prediction of the deciding model is stored for this case.');
  const refused =
    refuseOtherRelease(theCase, release, prediction) ??
    (await refuseOtherPolicy(tx, theCase, released, seenTableDigest)) ??
    refuseScore(await classesOf(tx, theCase), release, prediction);
  return refused ?? { kind: 'open', release, prediction };
}

function refuseCase(theCase: Case): Refused | null {
  if (theCase.review) return refuseDecision('IN_REVIEW', 'The case is with people already; only their verdict decides it.');
  if (theCase.objection) return refuseDecision('OBJECTION', 'The person concerned objected to an automatic decision, or did not consent.');
  if (!theCase.draw) return refuseDecision('NOT_DRAWN', 'The audit draw of this case is missing.');
  if (theCase.draw.audit) return refuseDecision('AUDIT_SAMPLE', 'The case was drawn for a blind audit.');
  return null;
}

type LiveRelease = { kind: 'live'; release: Release; policyInForce: boolean };

function liveAutomaticRelease(active: ActiveRelease): LiveRelease | Refused {
  switch (active.state) {
    case 'stopped':
      return refuseDecision('STOPPED', 'Automatic decisions of this service are stopped.');
    case 'none':
      return refuseDecision('NO_RELEASE', 'No model version is released for this service.');
    case 'expired':
      return refuseDecision('RELEASE_EXPIRED', 'The release of the model version is over.');
    case 'live':
      if (active.release.mode === 'pilot') return refuseDecision('PILOT', 'The release is a pilot: every case goes to people.');
      return { kind: 'live', release: active.release, policyInForce: active.policyInForce };
    default:
      return active satisfies never;
  }
}

/** Draw, prediction and release must belong together; a change in between sends the case to people. */
function refuseOtherRelease(theCase: Case, release: Release, prediction: Prediction): Refused | null {
  const same = theCase.draw?.releaseId === release.releaseId && prediction.releaseId === release.releaseId && prediction.model.digest === release.model.digest;
  return same ? null : refuseDecision('RELEASE_CHANGED', 'Audit draw or prediction belong to another release than the one in force.');
}

async function refuseOtherPolicy(tx: Tx, theCase: Case, live: LiveRelease, seenTableDigest: string | undefined): Promise<Refused | null> {
  const ownVersion = await findService(tx, theCase.service, theCase.serviceVersion);
  const table = await routingTableInForce(tx.db, theCase.service);
  const unchanged = live.policyInForce && ownVersion !== null && isPolicyOf(live.release, ownVersion, table) && (seenTableDigest === undefined || seenTableDigest === table);
  return unchanged ? null : refuseDecision('POLICY_CHANGED', 'Rules or routing table changed since the certificate; the policy must be certified again.');
}

function refuseScore(classes: Map<string, boolean>, release: Release, prediction: Prediction): Refused | null {
  if (classes.get(prediction.class) !== true) return refuseDecision('CLASS_NOT_AUTOMATIC', `"${prediction.class}" is never decided by a model.`);
  if (release.threshold === null || !(prediction.confidence >= release.threshold)) {
    return refuseDecision('LOW_CONFIDENCE', `The score ${prediction.confidence} is below the certified threshold ${release.threshold}.`);
  }
  return null;
}

/** Automatic in the case's own version and in the latest one. */
async function classesOf(tx: Tx, theCase: Case): Promise<Map<string, boolean>> {
  const automatic = (service: StoredService | null, id: string): boolean => service?.definition.classes.some((outcome) => outcome.id === id && outcome.automatic) ?? false;
  const own = await findService(tx, theCase.service, theCase.serviceVersion);
  const latest = await findService(tx, theCase.service);
  return new Map((own?.definition.classes ?? []).map(({ id }) => [id, automatic(own, id) && automatic(latest, id)]));
}
