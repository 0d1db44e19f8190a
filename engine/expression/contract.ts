// What callers of the FEEL boundary see: the compiled expression, its environment and its result.

/** A value as variables hold it and as results come back: plain JSON. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

/** What an evaluation may know of the world; both are given, never read from the machine. */
export type Environment = {
  /** Epoch milliseconds of the engine's clock. */
  readonly now: number;
  /** IANA zone of `now()` and `today()`, for example `Europe/Berlin`. */
  readonly timeZone: string;
  /** A number in [0, 1) for `random number()` and `uuid()`; the machine's own source when absent. */
  readonly random?: () => number;
};

export type CompileOptions = {
  /** Variable names that hold spaces or operators (DMN names such as `Applicant age`): the parser must know them. */
  readonly names?: readonly string[];
};

/** A source that was parsed and compiled; made by the compile functions only, safe to keep and share. */
export type CompiledExpression = {
  /** The source as it was written, a leading `=` included. */
  readonly source: string;
  /** `constant` for a source without `=` where static values are allowed; it evaluates to itself. */
  readonly kind: 'constant' | 'expression' | 'unary-tests';
  /** The variables that the expression may read, for callers that load only those. */
  readonly variables: readonly string[];
};

/** The source is no FEEL: the sentence says where and what was found. */
export type CompilationFailure = { readonly error: string };

/** Something that made a part of the result null; the types are those of Camunda's FEEL engine. */
export type Warning = {
  readonly type:
    | 'NO_VARIABLE_FOUND' | 'NO_CONTEXT_ENTRY_FOUND' | 'NO_PROPERTY_FOUND' | 'NOT_COMPARABLE' | 'INVALID_TYPE'
    | 'NO_FUNCTION_FOUND' | 'FUNCTION_INVOCATION_FAILURE' | 'OUT_OF_BOUNDS' | 'UNKNOWN';
  readonly message: string;
};

/**
 * `ok: false` only when there is no value at all (a failed `assert`, the work or depth limit).
 * Whatever FEEL answers with null is `ok: true`, value null, and the warnings say why.
 */
export type Evaluation =
  | { readonly ok: true; readonly value: JsonValue; readonly warnings: readonly Warning[]; /** FEEL's date and time without a zone, which as JSON is a text like any other. */ readonly isLocalDateTime?: true }
  | { readonly ok: false; readonly message: string; readonly warnings: readonly Warning[] };
