// The serving port on KServe: one InferenceService per decision service, changed by server-side apply under our field manager.
import { pauseFor } from '../http/pause.ts';
import type { InferenceServices, Manifest } from '../kubernetes/inference-services.ts';
import { PlatformError } from '../platform-error.ts';
import type { ChangeOptions, Readiness, ServedVersionName, ServingDeployment } from '../ports.ts';
import type { KServeMode } from '../settings.ts';
import { checkNames, checkPercent, readDeclaration, sameVersion, toDeclaredVersion, type Declaration } from './declaration.ts';
import { findHandEdits } from './hand-edits.ts';
import type { InferenceService } from './inference-service.ts';
import { toManifest } from './manifest.ts';
import { readReadiness } from './read-readiness.ts';

/** What to declare next; `keep` where it is declared already, `delete` where nothing is left to serve. */
type Next = { kind: 'declare'; declaration: Declaration } | { kind: 'keep' } | { kind: 'delete' };

/** Tries of one change against a fresh state, where others change the same object meanwhile. */
const freshTries = 5;

export function createKServeDeployment(parts: { services: InferenceServices; mode: KServeMode; pauseMs: number }): ServingDeployment {
  const { services, mode, pauseMs } = parts;

  /** Reads, decides, applies with the version that was read; somebody in between means to read again. */
  async function change(version: ServedVersionName, options: ChangeOptions, decide: (now: Declaration | null, seen: InferenceService | null) => Next): Promise<Readiness> {
    checkNames(version.service, version.name);
    for (let tries = 1; ; tries += 1) {
      try {
        return readReadiness(version, await changeOnce(version, options, decide), mode);
      } catch (error) {
        if (!(error instanceof PlatformError && error.kind === 'conflict' && error.status !== null) || tries >= freshTries) throw error;
        await pauseFor(pauseMs * tries, options.signal);
      }
    }
  }

  async function changeOnce({ service }: ServedVersionName, { signal, takeOver = false }: ChangeOptions, decide: (now: Declaration | null, seen: InferenceService | null) => Next): Promise<InferenceService | null> {
    const found = await services.get(service, signal);
    const seen = found?.metadata.deletionTimestamp === undefined ? found : null;
    const now = seen === null ? null : readDeclaration(seen.metadata.annotations);
    const edits = seen === null ? [] : findHandEdits(seen, mode);
    if (edits.length > 0 && !takeOver) {
      throw new PlatformError('edited-by-hand', 'kubernetes', `The InferenceService "${service}" was edited by hand: ${edits.join(', ')}. Take the fields back or undo the edit.`);
    }
    const next = decide(now, seen);
    if (next.kind === 'delete') {
      if (seen !== null) await services.delete(seen, signal);
      return null;
    }
    if (next.kind === 'keep' && edits.length === 0) return seen;
    const declaration = next.kind === 'keep' ? now : next.declaration;
    if (declaration === null) return seen;
    const foreign = seen === null || edits.length === 0 ? [] : foreignSplit(toManifest(service, declaration, mode, null), seen);
    const cleared = seen === null || foreign.length === 0 ? seen : await services.removeFields(seen, foreign, signal);
    return services.apply(toManifest(service, declaration, mode, cleared?.metadata.resourceVersion ?? null), { force: takeOver, signal });
  }

  return {
    kind: 'kserve',
    trafficSplit: 'platform',
    async deploy(version, options) {
      const wanted = toDeclaredVersion(version);
      return change(version, options, (now, seen) => {
        if (now === null) return { kind: 'declare', declaration: { stable: wanted, candidate: null, percent: 0, rolledBack: false } };
        const there = [now.stable, now.candidate].find((declared) => declared?.name === wanted.name);
        if (there !== undefined && there !== null) {
          if (sameVersion(there, wanted)) return { kind: 'keep' };
          throw conflict(`"${wanted.name}" is deployed with another artefact (SHA-256 ${there.digest.slice(0, 12)}…). Remove it first`);
        }
        if (now.candidate !== null) throw conflict(`"${now.candidate.name}" stands beside "${now.stable.name}" already. Promote or remove it first`);
        if (mode === 'Knative') mustBeRolledOut(readReadiness({ service: version.service, name: now.stable.name }, seen, mode));
        return { kind: 'declare', declaration: { stable: now.stable, candidate: wanted, percent: 0, rolledBack: false } };
      });
    },
    async readiness(version, { signal }) {
      checkNames(version.service, version.name);
      return readReadiness(version, await services.get(version.service, signal), mode);
    },
    async awaitReadiness(version, { signal, timeoutMs }) {
      checkNames(version.service, version.name);
      const limit = AbortSignal.timeout(timeoutMs);
      const both = AbortSignal.any([signal, limit]);
      let last: Readiness | null = null;
      try {
        for await (const seen of services.watch(version.service, both)) {
          last = readReadiness(version, seen, mode);
          if (last.state !== 'not-ready') return last;
        }
      } catch (error) {
        if (!limit.aborted) throw error;
      }
      if (signal.aborted) throw signal.reason;
      return last ?? readReadiness(version, await services.get(version.service, signal), mode);
    },
    async setCanaryShare(version, percent, options) {
      checkPercent(percent);
      return change(version, options, (now) => {
        const declaration = withCandidate(version, now);
        if (mode === 'Knative' && declaration.percent === 100 && percent < 100) {
          throw conflict(`At 100 % KServe has rolled "${version.name}" out and forgotten the other revision. Promote it, or remove it to go back`);
        }
        return declaration.percent === percent ? { kind: 'keep' } : { kind: 'declare', declaration: { ...declaration, percent } };
      });
    },
    async promote(version, options) {
      return change(version, options, (now, seen) => {
        if (now?.stable.name === version.name) return { kind: 'keep' };
        const declaration = withCandidate(version, now);
        const { state, message } = readReadiness(version, seen, mode);
        if (state === 'not-ready') throw new PlatformError('transient', 'kubernetes', `${message} It is promoted once it is ready.`);
        if (state === 'failed') throw conflict(`${message.replace(/\.$/, '')} It cannot be promoted`);
        return { kind: 'declare', declaration: { stable: declaration.candidate, candidate: null, percent: 0, rolledBack: false } };
      });
    },
    async remove(version, options) {
      return change(version, options, (now) => {
        if (now === null) return { kind: 'keep' };
        if (now.candidate?.name === version.name) return { kind: 'declare', declaration: withoutCandidate(now, mode) };
        if (now.stable.name !== version.name) return { kind: 'keep' };
        if (now.candidate !== null) throw conflict(`"${version.name}" serves "${version.service}" and "${now.candidate.name}" stands beside it. Promote or remove that one first`);
        return { kind: 'delete' };
      });
    },
    async restore(version, options) {
      const wanted = toDeclaredVersion(version);
      return change(version, options, (now) => {
        if (now === null || !sameVersion(now.stable, wanted)) return { kind: 'declare', declaration: { stable: wanted, candidate: null, percent: 0, rolledBack: false } };
        return now.candidate === null ? { kind: 'keep' } : { kind: 'declare', declaration: withoutCandidate(now, mode) };
      });
    },
  };
}

/** At 100 % KServe has rolled the candidate out in Knative mode: a share of 0 would then leave it all traffic. */
function withoutCandidate({ stable, percent }: Declaration, mode: KServeMode): Declaration {
  return { stable, candidate: null, percent: 0, rolledBack: mode === 'Knative' && percent < 100 };
}

/**
 * Knative mode: a candidate stands beside the revision that was rolled out last. Before the stable version is that one, the
 * candidate would get all traffic, or an older version would.
 */
function mustBeRolledOut({ state, message }: Readiness): void {
  if (state === 'ready' || state === 'edited-by-hand') return;
  throw new PlatformError(state === 'failed' ? 'conflict' : 'transient', 'kubernetes', `${message} A candidate can stand beside it once it is ready.`);
}

/** Somebody else's split of the traffic where we declare none, which server-side apply would leave alone: JSON pointers. */
function foreignSplit({ spec }: Manifest, seen: InferenceService): string[] {
  const [declared, there] = [spec['predictor'], seen.spec['predictor']];
  const percent = isMap(there) && 'canaryTrafficPercent' in there && !(isMap(declared) && 'canaryTrafficPercent' in declared);
  const canary = 'canary' in seen.spec && !('canary' in spec);
  return [...(percent ? ['/spec/predictor/canaryTrafficPercent'] : []), ...(canary ? ['/spec/canary'] : [])];
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withCandidate({ service, name }: ServedVersionName, now: Declaration | null): Declaration & { candidate: NonNullable<Declaration['candidate']> } {
  if (now !== null && now.candidate !== null && now.candidate.name === name) return { ...now, candidate: now.candidate };
  throw new PlatformError('not-found', 'kubernetes', `"${name}" is no candidate of "${service}".`);
}

/** Of our own making: reading again does not change it, so it has no status. */
function conflict(what: string): PlatformError {
  return new PlatformError('conflict', 'kubernetes', `${what}.`);
}
