// The catalogue of refusals: status, title and words as Camunda's own suites assert them.
import type { Problem } from './answer.ts';

const problem = (status: number, title: string, detail: string): Problem => ({ kind: 'problem', status, title, detail });

/** The body is no JSON, or cut in the middle. */
export const unreadableBody = (): Problem => problem(400, 'Bad Request', 'Failed to read request');

export const missingBody = (): Problem => problem(400, 'Bad Request', 'Required request body is missing');

/** A field of the wrong JSON type, or one that the operation does not know. */
export const unparsableProperty = (path: string): Problem =>
  problem(400, 'Bad Request', `Request property [${path}] cannot be parsed`);

/** A key in the path that is no int64. */
export const unparsableKey = (name: string, value: string): Problem =>
  problem(400, 'Bad Request', `Failed to convert '${name}' with value: '${value}'`);

/** The same of batch operations, whose keys were no numbers once. */
export const invalidBatchOperationKey = (_: string, value: string): Problem =>
  problem(400, 'Bad Request', `Batch operation id '${value}' is not a valid number. Legacy Batch Operation IDs are not supported!`);

export const unknownEnumValue = (field: string, value: string, allowed: readonly string[]): Problem =>
  problem(400, 'Bad Request', `Unexpected value '${value}' for enum field '${field}'. Use any of the following values: [${[...allowed].sort().join(', ')}]`);

/** Right JSON, wrong content; the sentence ends without a full stop as given here. */
export const invalidArgument = (sentence: string): Problem => problem(400, 'INVALID_ARGUMENT', `${sentence}.`);

export const missingField = (name: string): Problem => invalidArgument(`No ${name} provided`);

export const invalidValue = (name: string, value: string | number, expected: string): Problem =>
  invalidArgument(`The value for ${name} is '${value}' but must be ${expected}`);

export const invalidDate = (name: string, value: string): Problem =>
  invalidArgument(`The provided ${name} '${value}' cannot be parsed as a date according to RFC 3339, section 5.6`);

/** One tenant exists here, `<default>`. */
export const foreignTenant = (request: string, tenantId: string): Problem =>
  invalidArgument(`Expected to handle request ${request} with tenant identifier '${tenantId}', but multi-tenancy is disabled`);

export const notFound = (detail: string): Problem => problem(404, 'NOT_FOUND', detail);

/** An entity that no row holds, as the reads say it. */
export const noSuchEntity = (entity: string, key: string | number): Problem => notFound(`${entity} with key '${key}' not found`);

export const unknownPath = (path: string): Problem => problem(404, 'Not Found', `No endpoint ${path}.`);

export const methodNotAllowed = (method: string): Problem =>
  problem(405, 'Method Not Allowed', `Method '${method}' is not supported.`);

export const unsupportedMediaType = (contentType: string): Problem =>
  problem(415, 'Unsupported Media Type', `Content-Type '${contentType}' is not supported.`);

/** The carrier's answer: no handler has seen the body. */
export const bodyTooLarge = (most: number): Problem =>
  problem(413, 'Payload Too Large', `Expected a request body of at most ${most} bytes, but it was larger.`);

export const forbidden = (sentence: string): Problem => problem(403, 'FORBIDDEN', sentence);

/** Known to Camunda 8.8, not offered by this engine. */
export const notOffered = (operationId: string, why: string): Problem =>
  problem(501, 'Not Implemented', `Operation '${operationId}' is not offered by the embedded engine: ${why}`);

export const awaitTimedOut = (what: string): Problem =>
  problem(504, 'DEADLINE_EXCEEDED', `Expected to handle REST API request, but ${what} did not end within the request timeout; it goes on.`);

export const shuttingDown = (): Problem =>
  problem(503, 'RESOURCE_EXHAUSTED', 'Expected to handle REST API request, but the engine is closing; try again later.');

/** Back-pressure: both clients of the SDK wait and send the same again on this status with this title. */
export const overloaded = (why: string): Problem => problem(503, 'RESOURCE_EXHAUSTED', `Expected to handle REST API request, but ${why}`);

/** The cluster's answer to a full disk: its partitions take no more commands then. */
export const outOfDiskSpace = (): Problem =>
  problem(503, 'RESOURCE_EXHAUSTED', 'Expected to handle REST API request, but the disk is full and nothing was stored; try again when there is space.');

/** Our own mistake; the developer finds the stack in the log. */
export const defect = (): Problem =>
  problem(500, 'INTERNAL_ERROR', 'Unexpected error occurred during the request processing; the log holds the details.');

export const noSuchDocument = (id: string): Problem => notFound(`Document with id '${id}' not found`);

export const documentExists = (id: string): Problem => problem(409, 'ALREADY_EXISTS', `Document with id '${id}' already exists`);

export const missingDocumentHash = (id: string): Problem => problem(400, 'INVALID_ARGUMENT', `No document hash provided for document ${id}`);

export const documentHashDiffers = (id: string): Problem => problem(400, 'INVALID_ARGUMENT', `Document hash for document ${id} doesn't match the provided hash`);

export const unknownStore = (id: string): Problem => problem(400, 'INVALID_ARGUMENT', `Document store with id '${id}' does not exist`);

/** A part of a form that must be there. */
export const missingPart = (name: string): Problem => problem(400, 'Bad Request', `Required part '${name}' is not present.`);
