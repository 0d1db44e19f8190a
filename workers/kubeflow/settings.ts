// What the clients of Kubernetes, Kubeflow Pipelines and the Model Registry must be told. The composition root fills it in.

/** How a call proves who it is: a fixed token, or a file that something else keeps fresh. */
export type TokenSource = { kind: 'none' } | { kind: 'fixed'; token: string } | { kind: 'file'; path: string };

export type ServiceSettings = {
  /** Base address, without a path of the API. */
  url: string;
  token: TokenSource;
  /** File of certificate authorities (PEM) to trust beside the system's own; null for those alone. */
  caFile: string | null;
};

/** How KServe runs predictors, and with that how it splits traffic. */
export type KServeMode = 'Knative' | 'Standard';

export type KServeSettings = {
  namespace: string;
  mode: KServeMode;
  /** Kubeconfig files in kubectl's order; empty: the service account of the pod that we run in. */
  kubeconfig: readonly string[];
};

/** Limits of every call. */
export type CallLimits = {
  timeLimitMs: number;
  /** Tries of one call, the first included. */
  attempts: number;
  /** Pause before the second try, doubled for each further one and shortened at random by up to half. */
  firstPauseMs: number;
  /** The longest pause; `Retry-After` wins up to here. */
  maxPauseMs: number;
  /** So many failures in a row stop all calls to a system for `openMs`. */
  breaker: { failures: number; openMs: number };
  /** After a pipeline run was created: the server's times are whole seconds, and only after that second its order is certain. */
  settleMs: number;
};

export type PlatformSettings = {
  /** Null: versions are loaded into the local model server. */
  kserve: KServeSettings | null;
  /** Null: no pipelines; asking for a run says so. */
  pipelines: ServiceSettings | null;
  /** Null: the models of the local model server are the registry. */
  registry: ServiceSettings | null;
  /** The property of a registered version that names the decision service it is meant for. */
  serviceProperty: string;
  /** Base address of the local model server, asked at each call. */
  modelServer: () => string;
  /** File in which the local registry keeps what is written back. */
  localRegistryFile: string;
  limits: CallLimits;
};

export const defaultCallLimits: CallLimits = {
  timeLimitMs: 10_000,
  attempts: 3,
  firstPauseMs: 200,
  maxPauseMs: 3_000,
  breaker: { failures: 5, openMs: 10_000 },
  settleMs: 1_500,
};
