/**
 * The ways a request to the model server fails, in the shapes that a KServe server gives them.
 * Most errors are `{"error": text}`; a V2 body that breaks the schema is `{"detail": [issue, …]}`, unknown paths
 * `{"detail": text}`. Where KServe leaks a Python error (`KeyError : 'instances'`), so do we: clients must cope with it.
 */
export class ServingError extends Error {
  readonly status: number;
  readonly body: ErrorBody;

  constructor(status: number, body: ErrorBody) {
    super(JSON.stringify(body));
    this.name = 'ServingError';
    this.status = status;
    this.body = body;
  }
}

export type SchemaIssue = { type: string; loc: (string | number)[]; msg: string };
export type ErrorBody = { error: string } | { detail: string | SchemaIssue[] };

export const unknownModel = (name: string): ServingError =>
  new ServingError(404, { error: `Model with name ${name} does not exist.` });
export const cannotLoad = (name: string, reason: string): ServingError =>
  new ServingError(503, { error: `Model with name ${name} is not ready. ${reason}` });
export const unknownPath = (): ServingError => new ServingError(404, { detail: 'Not Found' });
export const wrongMethod = (): ServingError => new ServingError(405, { detail: 'Method Not Allowed' });
export const noVersions = (): ServingError => new ServingError(501, { error: 'Model versioning not supported yet.' });
export const unreadableBody = (reason: string): ServingError =>
  new ServingError(400, { error: `Unrecognized request format: ${reason}` });
export const invalidInput = (reason: string): ServingError => new ServingError(400, { error: reason });
export const missingKey = (key: string): ServingError => new ServingError(500, { error: `KeyError : '${key}'` });
export const notSubscriptable = (): ServingError =>
  new ServingError(500, { error: 'TypeError : list indices must be integers or slices, not str' });
export const brokenV2Body = (reason: string): ServingError =>
  new ServingError(422, { detail: [{ type: 'json_invalid', loc: ['body', 0], msg: `JSON decode error: ${reason}` }] });
export const cannotReshape = (size: number, shape: readonly number[]): ServingError =>
  new ServingError(500, { error: `ValueError : cannot reshape array of size ${size} into shape (${shape.join(',')})` });
export const schemaIssues = (issues: SchemaIssue[]): ServingError => new ServingError(422, { detail: issues });
export const bodyTooLarge = (limit: number): ServingError =>
  new ServingError(413, { error: `the request body is larger than ${limit} bytes: send fewer rows at once` });
export const overloaded = (waiting: number): ServingError =>
  new ServingError(503, { error: `${waiting} requests are waiting already: try again shortly` });
