/** Writes what the absent KServe controller would write into an InferenceService's status, by the rules read from its source. */
import { setTimeout as pause } from 'node:timers/promises';
import type { KubernetesHand, IsvcObject } from './kubernetes-hand.ts';

export type Outcome =
  /** The newest revision, or every predictor, is up. */
  | 'ready'
  /** Still starting. */
  | 'starting'
  /** The newest model cannot be loaded. */
  | { failed: string };

export type KServeStandIn = {
  /** One reconciliation of the object as it is now. */
  reconcile(name: string, outcome?: Outcome): Promise<void>;
  /** Reconciles after every change of the object, until the function that it answers with is called; `outcome` is asked each time. */
  follow(name: string, outcome?: () => Outcome): () => Promise<void>;
  /** Where the artefact lies that this revision or predictor serves; null for a name it never gave. */
  storageUriOf(revision: string): string | null;
};

/** Of one InferenceService: which model made which Knative revision, and which was rolled out last. */
type Memory = { models: string[]; latestReady: number; rolledOut: number; previous: number };

/** How often `follow` looks. */
const lookMs = 50;

/** `urlOf` says where a revision or predictor answers; by default an address that nobody asks. */
export function createKServeStandIn(hand: KubernetesHand, urlOf = (name: string) => `http://${name}.models.example`): KServeStandIn {
  const memories = new Map<string, Memory>();
  const storage = new Map<string, string>();

  async function reconcileSeen(seen: IsvcObject, outcome: Outcome): Promise<void> {
    const standard = seen.metadata.annotations?.['serving.kserve.io/deploymentMode'] === 'Standard';
    await hand.writeStatus(seen.metadata.name, standard ? standardStatus(seen, outcome) : knativeStatus(seen, outcome));
  }

  return {
    async reconcile(name, outcome = 'ready') {
      const seen = await hand.get(name);
      if (seen !== null) await reconcileSeen(seen, outcome);
    },
    follow(name, outcome = () => 'ready') {
      const end = new AbortController();
      let last = '';
      const following = (async () => {
        while (!end.signal.aborted) {
          const seen = await hand.get(name);
          const state = outcome();
          const now = JSON.stringify([seen?.metadata.uid, seen?.metadata.generation, state]);
          if (seen !== null && now !== last) await reconcileSeen(seen, state);
          last = now;
          await pause(lookMs, undefined, { signal: end.signal }).catch(() => undefined);
        }
      })();
      return async () => {
        end.abort();
        await following;
      };
    },
    storageUriOf: (revision) => storage.get(revision) ?? null,
  };

  /** Percent of the newest revision; the one rolled out last keeps the rest, with the tag `prev`. The first rollout gets all. */
  function knativeStatus({ metadata, spec }: IsvcObject, outcome: Outcome): unknown {
    const memory = memories.get(metadata.uid) ?? { models: [], latestReady: 0, rolledOut: 0, previous: 0 };
    memories.set(metadata.uid, memory);
    const model = JSON.stringify(spec.predictor.model);
    if (memory.models.at(-1) !== model) memory.models.push(model);
    const created = memory.models.length;
    if (outcome === 'ready') memory.latestReady = created;
    const percent = spec.predictor.canaryTrafficPercent;
    const split = percent !== undefined && percent < 100 && memory.rolledOut > 0 && memory.rolledOut !== created;
    if (!split && memory.latestReady === created && memory.rolledOut !== created) {
      memory.previous = memory.rolledOut;
      memory.rolledOut = created;
    }
    const revision = (number: number) => `${metadata.name}-predictor-${String(number).padStart(5, '0')}`;
    storage.set(revision(created), String(spec.predictor.model?.['storageUri']));
    const newest = { latestRevision: true, percent: split ? percent : 100, revisionName: revision(memory.latestReady), tag: 'latest', url: urlOf(revision(memory.latestReady)) };
    const before = { latestRevision: false, percent: 100 - (percent ?? 0), revisionName: revision(memory.rolledOut), tag: 'prev', url: urlOf(revision(memory.rolledOut)) };
    return {
      ...shared(metadata, outcome),
      components: {
        predictor: {
          latestCreatedRevision: revision(created),
          ...(memory.latestReady === 0 ? {} : { latestReadyRevision: revision(memory.latestReady) }),
          ...(memory.rolledOut === 0 ? {} : { latestRolledoutRevision: revision(memory.rolledOut) }),
          ...(memory.previous === 0 ? {} : { previousRolledoutRevision: revision(memory.previous) }),
          url: urlOf(`${metadata.name}-predictor`),
          traffic: memory.latestReady === 0 ? [] : split ? [newest, before] : [newest],
        },
      },
    };
  }

  function standardStatus({ metadata, spec }: IsvcObject, outcome: Outcome): unknown {
    const canaries = spec.canary ?? [];
    const beside = canaries.length > 0;
    return {
      // With a canary the outcome speaks of the canary: the stable predictor runs already.
      ...shared(metadata, beside ? 'ready' : outcome),
      ...(beside ? { modelStatus: modelStatus('ready') } : {}),
      canaryStatuses: canaries.map(({ trafficPercent, predictor }) => ({ name: predictor.name, ready: outcome === 'ready', trafficPercent, modelStatus: modelStatus(outcome) })),
    };
  }

  function shared({ name, generation }: IsvcObject['metadata'], outcome: Outcome) {
    const status = outcome === 'ready' ? 'True' : 'False';
    const message = typeof outcome === 'object' ? outcome.failed : '';
    return {
      observedGeneration: generation,
      url: urlOf(name),
      conditions: ['PredictorReady', 'RoutesReady', 'LatestDeploymentReady', 'Ready'].map((type) => ({ type, status, ...(message === '' ? {} : { reason: 'RevisionFailed', message }) })),
      modelStatus: modelStatus(outcome),
    };
  }
}

function modelStatus(outcome: Outcome) {
  if (outcome === 'ready') return { transitionStatus: 'UpToDate', states: { activeModelState: 'Loaded', targetModelState: 'Loaded' }, copies: { failedCopies: 0, totalCopies: 1 }, lastFailureInfo: null };
  if (outcome === 'starting') return { transitionStatus: 'InProgress', states: { activeModelState: 'Pending', targetModelState: 'Loading' }, copies: { failedCopies: 0, totalCopies: 0 }, lastFailureInfo: null };
  return {
    transitionStatus: 'BlockedByFailedLoad',
    states: { activeModelState: 'Loaded', targetModelState: 'FailedToLoad' },
    copies: { failedCopies: 1, totalCopies: 1 },
    lastFailureInfo: { reason: 'ModelLoadFailed', message: outcome.failed },
  };
}
