// What the errors of Kubernetes, Kubeflow Pipelines, the Model Registry and the model server mean: one row per answer observed on the real ones.
import { describe, expect, it } from 'vitest';
import type { RefusedAnswer } from '../../../workers/kubeflow/http/platform-client.ts';
import { readStatusFault } from '../../../workers/kubeflow/kubernetes/status-fault.ts';
import { readModelServerFault } from '../../../workers/kubeflow/local/model-repository.ts';
import { readPipelinesFault } from '../../../workers/kubeflow/pipelines/pipelines-fault.ts';
import { readRegistryFault } from '../../../workers/kubeflow/registry/registry-fault.ts';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): RefusedAnswer => ({ status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) });
const status = (code: number, reason: string, message: string, details?: unknown) => answer(code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code, ...(details === undefined ? {} : { details }) });

describe('Kubernetes', () => {
  it.each([
    ['no token', status(401, 'Unauthorized', 'Unauthorized'), 'unauthorized'],
    ['no right', status(403, 'Forbidden', 'User "reader" cannot delete resource'), 'forbidden'],
    ['no such object', status(404, 'NotFound', 'inferenceservices "probe" not found'), 'not-found'],
    ['a stale resourceVersion', status(409, 'Conflict', 'Operation cannot be fulfilled: the object has been modified'), 'conflict'],
    ['created by another', status(409, 'AlreadyExists', 'inferenceservices "probe" already exists'), 'conflict'],
    ['a strategic merge patch', status(415, 'UnsupportedMediaType', 'the body of the request was in an unknown format'), 'invalid'],
    ['a wrong type', status(422, 'Invalid', 'is invalid', { causes: [{ reason: 'FieldValueTypeInvalid', message: 'must be integer', field: 'spec.predictor.canaryTrafficPercent' }] }), 'invalid'],
    ['an unknown field', status(400, 'BadRequest', 'strict decoding error: unknown field "spec.nonsense"'), 'invalid'],
    ['too many requests', status(429, 'TooManyRequests', 'slow down', { retryAfterSeconds: 2 }), 'transient'],
    ['an old list', status(410, 'Expired', 'too old resource version'), 'transient'],
    ['an API server that starts', status(503, 'ServiceUnavailable', 'apiserver not ready'), 'transient'],
    ['a proxy in between', answer(502, '<html>bad gateway</html>'), 'transient'],
  ])('%s', (_, given, kind) => {
    expect(readStatusFault(given)).toMatchObject({ system: 'kubernetes', kind });
  });

  it('names who owns the fields that were edited by hand', () => {
    const given = status(409, 'Conflict', 'Apply failed with 1 conflict', { causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "kubectl-patch" using serving.kserve.io/v1beta1', field: '.spec.predictor.model.storageUri' }] });
    const fault = readStatusFault(given);
    expect(fault.kind).toBe('edited-by-hand');
    expect(fault.message).toContain('spec.predictor.model.storageUri (conflict with "kubectl-patch"');
  });

  it('says which field is wrong, and when to come again', () => {
    expect(readStatusFault(status(422, 'Invalid', 'x', { causes: [{ reason: 'FieldValueRequired', message: 'Required value', field: 'spec.canary[0].predictor.model.name' }] })).message).toContain('spec.canary[0].predictor.model.name: Required value');
    expect(readStatusFault(status(429, 'TooManyRequests', 'slow', { retryAfterSeconds: 2 })).retryAfterMs).toBe(2_000);
  });
});

describe('Kubeflow Pipelines', () => {
  const api = (code: number, grpc: number, message: string) => answer(code, { code: grpc, message, details: [{ '@type': 'type.googleapis.com/google.rpc.Status', code: grpc, message: 'Internal Server Error' }] });
  const upload = (code: number, message: string, details: string) => answer(code, { error_message: message, error_details: `${details}\ngithub.com/kubeflow/pipelines/backend.func\n\tserver.go:87` });
  it.each([
    ['an unknown run', api(404, 5, 'Failed to fetch run nope: ResourceNotFoundError: Run nope not found'), 'not-found'],
    ['an unknown pipeline, as 500', api(500, 13, 'Failed to create a new run: InternalServerError: ResourceNotFoundError: Pipeline nope not found'), 'not-found'],
    ['an unknown pipeline version, as 500', api(500, 13, 'InternalServerError: Failed to get a pipeline version with id nope: ResourceNotFoundError: PipelineVersion nope not found'), 'not-found'],
    ['an empty run name, as 500', api(500, 13, 'conversion error: InternalServerError: Invalid input error: Run name cannot be empty'), 'invalid'],
    ['an empty pipeline spec, as 500', api(500, 13, 'Invalid input error: Failed to fetch a template with an empty pipeline spec manifest'), 'invalid'],
    ['a database that is away, as 500', api(500, 13, 'InternalServerError: Failed to list runs: dial tcp 127.0.0.1:3306: connect: connection refused'), 'transient'],
    ['an unknown parameter', api(400, 3, 'parameter(s) provided are not required by pipeline: bogus'), 'invalid'],
    ['a run that has ended is ended', api(400, 3, 'Failed to terminate a run: Row not found'), 'invalid'],
    ['a run that succeeded is retried', api(409, 10, 'Failed to retry a run: BadRequestError'), 'conflict'],
    ['no right', api(403, 7, 'PermissionDenied'), 'forbidden'],
    ['no token', api(401, 16, 'Unauthenticated'), 'unauthorized'],
    ['a server that is away', answer(503, 'upstream connect error'), 'transient'],
    ['a pipeline of the same name', upload(409, 'Failed to create a pipeline and a pipeline version', 'Already exist error'), 'conflict'],
    ['a version of the same name, as 500', upload(500, 'Failed to create a pipeline version', "Error 1062: Duplicate entry 'v2' for key"), 'conflict'],
    ['a file that is no pipeline, as 500', upload(500, 'unknown template format', 'unknown template format'), 'invalid'],
    ['an object store that is away, as 500', upload(500, 'Failed to store the pipeline', 'connection refused'), 'transient'],
  ])('%s', (_, given, kind) => {
    expect(readPipelinesFault(given)).toMatchObject({ system: 'pipelines', kind });
  });

  it('keeps the cause and leaves the Go stack out', () => {
    expect(readPipelinesFault(upload(500, 'unknown template format', 'cause')).detail).toBe('unknown template format: cause');
  });
});

describe('the Model Registry', () => {
  it.each([
    [answer(409, { code: 'Conflict', message: 'registered model with name iris already exists' }), 'conflict'],
    [answer(404, { code: 'Not Found', message: 'no model version found for id 999' }), 'not-found'],
    [answer(400, { code: 'Bad Request', message: 'json: unknown field "name"' }), 'invalid'],
    [answer(400, { code: 'Bad Request', message: 'NONSENSE is not a valid ModelVersionState' }), 'invalid'],
    [answer(422, { code: 'Bad Request', message: "required field 'name' is zero value." }), 'invalid'],
    [answer(405, ''), 'permanent'],
    [answer(500, { code: 'Internal Server Error', message: 'dial tcp: connection refused' }), 'transient'],
  ])('$text', (given, kind) => {
    expect(readRegistryFault(given)).toMatchObject({ system: 'model-registry', kind });
  });
});

describe('the model server', () => {
  it.each([
    [answer(404, { error: 'Model with name nope does not exist.' }), 'not-found', 'Model with name nope does not exist.'],
    [answer(503, { error: 'Model with name a is not ready.' }), 'transient', 'Model with name a is not ready.'],
    [answer(422, { detail: [{ type: 'bool_type', msg: 'Input should be a valid boolean', loc: ['body', 'ready'] }] }), 'invalid', 'body.ready: Input should be a valid boolean'],
    [answer(501, { error: 'Model versioning not supported yet.' }), 'permanent', 'Model versioning not supported yet.'],
    [answer(500, 'Internal Server Error'), 'permanent', 'Internal Server Error'],
  ])('$text', (given, kind, detail) => {
    expect(readModelServerFault(given)).toMatchObject({ system: 'model-server', kind, detail });
  });
});
