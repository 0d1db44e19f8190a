// The three ports through which the promotion lifecycle acts: serving, pipelines, model registry. Plain types, no platform in them.
// Every method may throw `PlatformError` (platform-error.ts) or, when the caller cancels, the signal's reason. Every method
// bears repeating: a worker that was killed between the effect and its report calls again and changes nothing.

/** Cancels the call; pass the job's own signal. */
export type CallOptions = { signal: AbortSignal };

// ---- serving ------------------------------------------------------------------------------------------------------

/** One model version as it is to be served. */
export type DeployableVersion = {
  /** Decision service that asks it; names the InferenceService. */
  service: string;
  /** Name under which the version is served, unique in the service: `credit-risk-v2`. */
  name: string;
  /** Where the artefact lies. The local model server serves its own folder and ignores it. */
  storageUri: string;
  /** Model format as the platform calls it: `sklearn`, `onnx`, `xgboost`. */
  format: { name: string; version?: string };
  /** SHA-256 of the artefact, hex. */
  digest: string;
  /** Protocol that the runtime must speak; `v2` unless said. */
  protocol?: 'v1' | 'v2';
};

/** A version named by its service; enough for everything but deploying. */
export type ServedVersionName = Pick<DeployableVersion, 'service' | 'name'>;

/**
 * - `ready`: serves what we declared, and the platform has seen the newest declaration.
 * - `not-ready`: declared, still on its way.
 * - `failed`: the platform says that it cannot serve it.
 * - `absent`: not declared (any more).
 * - `edited-by-hand`: what is declared differs from what we declared; `message` names the fields.
 */
export type ReadinessState = 'ready' | 'not-ready' | 'failed' | 'absent' | 'edited-by-hand';

export type Readiness = {
  state: ReadinessState;
  /** A sentence for people. */
  message: string;
  /** SHA-256 of the artefact: what the model server reports where it does, else what was declared. Null where nobody knows. */
  digest: string | null;
  /** `stable` serves the service, `candidate` stands beside it; null if absent, and locally, where nobody keeps roles. */
  role: 'stable' | 'candidate' | null;
  /** Share of the platform's traffic in percent, 0 to 100, as the platform reports it; null if absent or where it does not split. */
  trafficPercent: number | null;
  /** Base address under which exactly this version answers, and its name there; null where the platform offers none. */
  endpoint: { url: string; model: string } | null;
};

export type ChangeOptions = CallOptions & {
  /** Take back fields that somebody else edited meanwhile, instead of failing with `edited-by-hand`. */
  takeOver?: boolean;
};

export type ServingDeployment = {
  /** For logs and pages. */
  kind: 'kserve' | 'local';
  /** Who splits the traffic of a canary: the platform, or our own router alone. */
  trafficSplit: 'platform' | 'router';
  /**
   * Declares the version. The first one of a service becomes its stable version; any other stands beside it as the
   * candidate with 0 % of the traffic. One candidate at a time: another one is a `conflict`. Does not wait for readiness.
   */
  deploy(version: DeployableVersion, options: ChangeOptions): Promise<Readiness>;
  readiness(version: ServedVersionName, options: CallOptions): Promise<Readiness>;
  /**
   * Resolves once the version is `ready`, `failed`, `absent` or `edited-by-hand`, or after `timeoutMs` with the last state seen.
   * Follows a watch where the platform has one. For short waits inside a job; long ones belong to the process.
   */
  awaitReadiness(version: ServedVersionName, options: CallOptions & { timeoutMs: number }): Promise<Readiness>;
  /** Share of the candidate, a whole number from 0 to 100; anything else is `invalid`. `not-found` unless it is the candidate. */
  setCanaryShare(version: ServedVersionName, percent: number, options: ChangeOptions): Promise<Readiness>;
  /** The candidate becomes the stable version. Nothing happens where it is already. */
  promote(version: ServedVersionName, options: ChangeOptions): Promise<Readiness>;
  /**
   * Takes the version out: a candidate leaves the stable version alone with all traffic, ready or not; the stable version
   * without a candidate takes the whole deployment away. A stable version that has a candidate beside it is a `conflict`:
   * promote first. `absent` is a success.
   */
  remove(version: ServedVersionName, options: ChangeOptions): Promise<Readiness>;
  /**
   * Rolls back in one declaration: this version becomes the stable one and any candidate goes, ready or not, whatever was
   * promoted meanwhile. Where another version was stable, the platform may serve that one until the restored one is up;
   * whose answers count is the ledger's to say.
   */
  restore(version: DeployableVersion, options: ChangeOptions): Promise<Readiness>;
};

// ---- pipelines ----------------------------------------------------------------------------------------------------

/** Always both: without the version the server would take the newest one. */
export type PinnedPipeline = { pipelineId: string; pipelineVersionId: string };

export type PipelineParameter = string | number | boolean | null | readonly unknown[] | { readonly [name: string]: unknown };

/** `unknown`: no such run any more, or a state that says nothing about the end (skipped, unspecified). */
export type PipelineRunState = 'running' | 'succeeded' | 'failed' | 'canceled' | 'unknown';

export type PipelineRun = {
  runId: string;
  /** The key that it was started under; null for runs that are not known any more. */
  key: string | null;
  state: PipelineRunState;
  /** A sentence for people: the state, and the task that failed if one is named. */
  message: string;
  pipeline: PinnedPipeline | null;
  parameters: Record<string, unknown>;
  /** ISO 8601; null where the server says none. */
  createdAt: string | null;
  finishedAt: string | null;
};

export type StartRun = {
  /** Names the run and is looked for before one is created: a job that is repeated finds the run it started. */
  key: string;
  pipeline: PinnedPipeline;
  parameters: Record<string, PipelineParameter>;
  experimentId?: string;
  /** Kubernetes service account of the run's pods. */
  serviceAccount?: string;
  pipelineRoot?: string;
};

export type Pipelines = {
  kind: 'kubeflow' | 'not-configured';
  /** Starts the run, or answers with the one that was started under this key before. */
  startRun(start: StartRun, options: CallOptions): Promise<PipelineRun>;
  /** `terminationAsked`: the caller asked to end it; a run that then says FAILED was canceled. */
  getRun(runId: string, options: CallOptions & { terminationAsked?: boolean }): Promise<PipelineRun>;
  /** Null where no run was started under the key. */
  findRun(key: string, options: CallOptions & { terminationAsked?: boolean }): Promise<PipelineRun | null>;
  /** Newest first. */
  listRuns(query: { experimentId?: string; pageToken?: string; pageSize?: number }, options: CallOptions): Promise<{ runs: PipelineRun[]; nextPageToken: string | null }>;
  /** Asks the run to end; one that has ended already is left as it is. The caller must remember that it asked. */
  terminateRun(runId: string, options: CallOptions): Promise<void>;
  /** A failed or canceled run goes on from the tasks that failed; one that runs is left alone; one that succeeded is a `conflict`. */
  retryRun(runId: string, options: CallOptions): Promise<void>;
  /** Uploads a compiled pipeline (YAML) under a name; the same name again answers with what is there. */
  uploadPipeline(pipeline: { name: string; yaml: string }, options: CallOptions): Promise<PinnedPipeline>;
  /** Another version of a pipeline; the same version name again answers with what is there. */
  uploadVersion(version: { pipelineId: string; name: string; yaml: string }, options: CallOptions): Promise<PinnedPipeline>;
  /** By name, with its newest version; null if there is none. */
  findPipeline(name: string, options: CallOptions): Promise<PinnedPipeline | null>;
};

// ---- model registry -----------------------------------------------------------------------------------------------

export type PropertyValue = string | number | boolean;

export type RegisteredModel = { id: string; name: string; owner: string | null; live: boolean; properties: Record<string, PropertyValue> };

export type RegistryVersion = {
  id: string;
  /** Unique under its model. */
  name: string;
  model: { id: string; name: string };
  author: string | null;
  description: string | null;
  live: boolean;
  properties: Record<string, PropertyValue>;
  /** ISO 8601. */
  createdAt: string;
};

export type RegistryArtifact = {
  id: string;
  name: string;
  uri: string | null;
  format: { name: string; version?: string } | null;
  /** SHA-256, hex, from the property `sha256`; null where none was written. */
  digest: string | null;
  live: boolean;
};

/** What the lifecycle writes back to a version; a member left out stays as it is, null takes it away. */
export type ReleaseState = {
  releaseId?: string | null;
  stage?: string | null;
  /** ISO 8601. */
  validUntil?: string | null;
  approvers?: readonly string[] | null;
};

export type NewVersion = {
  /** Made if there is none of this name. */
  model: { name: string; owner?: string };
  version: { name: string; author?: string; description?: string; properties?: Record<string, PropertyValue> };
  artifact: { uri: string; format: { name: string; version?: string }; digest: string };
};

export type ModelRegistry = {
  kind: 'kubeflow' | 'local';
  /** Null if there is none of this name. */
  findModel(name: string, options: CallOptions): Promise<RegisteredModel | null>;
  listModels(options: CallOptions): Promise<RegisteredModel[]>;
  /** All versions of a model, newest first. */
  listVersions(modelId: string, options: CallOptions): Promise<RegistryVersion[]>;
  /** For the poll: LIVE versions whose property `name` has this value, newest first. */
  findLiveVersions(property: { name: string; value: string }, options: CallOptions): Promise<RegistryVersion[]>;
  /** Throws `not-found`. */
  getVersion(versionId: string, options: CallOptions): Promise<RegistryVersion>;
  /** Model artifacts of a version; documents, metrics and parameters are left out. */
  listArtifacts(versionId: string, options: CallOptions): Promise<RegistryArtifact[]>;
  /** Reads, merges, writes: the registry replaces the whole property map. Nothing guards it against other writers. */
  writeState(versionId: string, state: ReleaseState, options: CallOptions): Promise<RegistryVersion>;
  /** Makes what is missing of model, version and artifact, and answers with the version. */
  registerVersion(version: NewVersion, options: CallOptions): Promise<RegistryVersion>;
  /** Writes which version a service serves; made if there is none, changed if it differs. */
  recordServing(serving: { service: string; versionId: string; deployed: boolean }, options: CallOptions): Promise<void>;
};

/** What workers get in their tools. */
export type Platform = { deployment: ServingDeployment; pipelines: Pipelines; registry: ModelRegistry };
