// Says of one version what the InferenceService's status says: ready, on its way, failed, absent or edited by hand.
import type { Readiness, ServedVersionName } from '../ports.ts';
import type { KServeMode } from '../settings.ts';
import { readDeclaration, type Declaration } from './declaration.ts';
import { findHandEdits } from './hand-edits.ts';
import type { InferenceService, ModelStatus } from './inference-service.ts';

type Status = NonNullable<InferenceService['status']>;
type Seen = Pick<Readiness, 'state' | 'message' | 'trafficPercent' | 'endpoint'>;

/** `seen` is null where there is no such InferenceService. */
export function readReadiness(version: ServedVersionName, seen: InferenceService | null, mode: KServeMode): Readiness {
  const absent = (message: string): Readiness => ({ state: 'absent', message, digest: null, role: null, trafficPercent: null, endpoint: null });
  if (seen === null) return absent(`There is no InferenceService "${version.service}".`);
  if (seen.metadata.deletionTimestamp !== undefined) return absent(`The InferenceService "${version.service}" is being taken away.`);
  const declaration = readDeclaration(seen.metadata.annotations);
  const role = declaration === null ? null : roleOf(version.name, declaration);
  const edits = findHandEdits(seen, mode);
  if (edits.length > 0) {
    const digest = declaration === null || role === null ? null : digestOf(role, declaration);
    return { state: 'edited-by-hand', message: `The InferenceService "${version.service}" was edited by hand: ${edits.join(', ')}.`, digest, role, trafficPercent: null, endpoint: null };
  }
  if (declaration === null || role === null) return absent(`The InferenceService "${version.service}" does not serve "${version.name}".`);
  const status = seen.status ?? {};
  const found = mode === 'Knative' ? readKnative(version, role, declaration, status) : readStandard(version, role, declaration, status);
  const known = { digest: digestOf(role, declaration), role };
  // The status speaks of an older declaration: whatever it says is stale.
  if ((status.observedGeneration ?? 0) < seen.metadata.generation) {
    return { ...found, ...known, state: 'not-ready', message: `KServe has not yet looked at the newest declaration of "${version.service}".` };
  }
  return { ...found, ...known };
}

function roleOf(name: string, { stable, candidate }: Declaration): 'stable' | 'candidate' | null {
  if (candidate?.name === name) return 'candidate';
  return stable.name === name ? 'stable' : null;
}

function digestOf(role: 'stable' | 'candidate', { stable, candidate }: Declaration): string | null {
  return role === 'stable' ? stable.digest : (candidate?.digest ?? null);
}

/** The newest revision is the candidate; the one rolled out before (tag `prev`) the stable version. */
function readKnative(version: ServedVersionName, role: 'stable' | 'candidate', declaration: Declaration, status: Status): Seen {
  const predictor = status.components?.['predictor'];
  const newest = predictor?.traffic?.find((entry) => entry.latestRevision === true);
  const before = predictor?.traffic?.find((entry) => entry.tag === 'prev');
  const standsBeside = declaration.candidate !== null || declaration.rolledBack;
  if (role === 'stable' && standsBeside) {
    if (before !== undefined) return { ...ready(version.name), trafficPercent: before.percent ?? 0, endpoint: endpointOf(version, before.url ?? null) };
    return { state: 'not-ready', message: `KServe keeps no revision of "${version.name}" beside the newest one${declaration.percent === 100 ? ', which has all traffic' : ''}.`, trafficPercent: 0, endpoint: null };
  }
  const judged = judge(version.name, status, predictor !== undefined && predictor.latestCreatedRevision === predictor.latestReadyRevision);
  // While the newest revision is not up, its address leads to an older one.
  const url = judged.state !== 'ready' ? null : (newest?.url ?? (standsBeside ? null : (predictor?.url ?? status.url ?? null)));
  return { ...judged, trafficPercent: newest?.percent ?? null, endpoint: endpointOf(version, url) };
}

function readStandard(version: ServedVersionName, role: 'stable' | 'candidate', declaration: Declaration, status: Status): Seen {
  const canaries = status.canaryStatuses ?? [];
  if (role === 'stable') {
    const others = canaries.reduce((sum, { trafficPercent }) => sum + trafficPercent, 0);
    // With a candidate beside it, the overall Ready also speaks of the candidate.
    const own = status.conditions?.find(({ type }) => type === 'PredictorReady') ?? status.conditions?.find(({ type }) => type === 'Ready');
    const judged = declaration.candidate === null || own?.status !== 'True' ? judge(version.name, status, true) : ready(version.name);
    return { ...judged, trafficPercent: 100 - others, endpoint: declaration.candidate === null && judged.state === 'ready' ? endpointOf(version, status.url ?? null) : null };
  }
  const own = canaries.find(({ name }) => name === version.name);
  if (own === undefined) return { state: 'not-ready', message: `KServe says nothing of "${version.name}" yet.`, trafficPercent: null, endpoint: null };
  const broken = failureOf(own.modelStatus);
  const judged: Pick<Readiness, 'state' | 'message'> = own.ready ? ready(version.name) : broken === null ? { state: 'not-ready', message: `"${version.name}" is not ready yet.` } : { state: 'failed', message: `"${version.name}" cannot be served: ${broken}` };
  // KServe names no address of a canary in its status.
  return { ...judged, trafficPercent: own.trafficPercent, endpoint: null };
}

function judge(name: string, status: Status, newestIsUp: boolean): Pick<Readiness, 'state' | 'message'> {
  const broken = failureOf(status.modelStatus);
  if (broken !== null) return { state: 'failed', message: `"${name}" cannot be served: ${broken}` };
  const overall = status.conditions?.find(({ type }) => type === 'Ready');
  if (overall?.status === 'True' && newestIsUp) return ready(name);
  const waiting = status.conditions?.find(({ type, status: said }) => type !== 'Ready' && said !== 'True') ?? overall;
  const why = waiting === undefined ? 'KServe says nothing yet' : `${waiting.type} is ${waiting.status}${waiting.message === '' ? '' : `, ${shorten(waiting.message)}`}`;
  return { state: 'not-ready', message: `"${name}" is not ready yet: ${why}.` };
}

function ready(name: string): Pick<Readiness, 'state' | 'message'> {
  return { state: 'ready', message: `"${name}" is ready.` };
}

function failureOf(status: ModelStatus | undefined): string | null {
  if (status === undefined) return null;
  const failed = status.transitionStatus === 'BlockedByFailedLoad' || status.transitionStatus === 'InvalidSpec' || status.states?.targetModelState === 'FailedToLoad';
  if (!failed) return null;
  const { reason = '', message = '' } = status.lastFailureInfo ?? {};
  return `${reason === '' ? status.transitionStatus : reason}${message === '' ? '' : `, ${shorten(message)}`}.`;
}

/** KServe's runtimes serve a model under the InferenceService's name. */
function endpointOf({ service }: ServedVersionName, url: string | null): Readiness['endpoint'] {
  return url === null ? null : { url: url.replace(/\/+$/, ''), model: service };
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text.replace(/\.$/, '');
}
