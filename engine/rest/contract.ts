// What goes into the REST facade and what comes out, whatever carries it: `fetch` in process or an HTTP server.

/** One request to the facade; `path` is what stands after `/v2`, query included. Header names are lower case. */
export type RestRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array | undefined;
  /** Aborted when the client has gone: nothing may be handed out for it any more. */
  readonly signal: AbortSignal;
  /**
   * Of a worker in this process: it repeats harmlessly whatever the end of the process takes back, so that taking and
   * completing jobs does not wait for the commit (ADR 123). Left out for everybody else, who is told and shown what is durable.
   */
  readonly repeatsHarmlessly?: boolean;
};

export type RestResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
};

/** Never rejects: bad input is a 4xx, our own defect a 500 problem. */
export type RestHandler = (request: RestRequest) => Promise<RestResponse>;

/** As large a body as an upload of a cluster may be; whoever carries requests refuses larger ones with 413. */
export const MOST_BODY_BYTES = 10 * 1024 * 1024;
