/** Checks a case's input against its service's JSON Schema (2020-12); each error says where, and what would be right. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FieldError } from './contract/problem.ts';

export type InputCheck = { ok: true } | { ok: false; errors: FieldError[] };

/** Compiles a schema once per digest of its service. Throws where the schema itself is wrong: a defect of the service. */
export function createInputValidator(): (service: { digest: string; inputSchema: Record<string, unknown> }, input: unknown) => InputCheck {
  const validators = new Map<string, ValidateFunction>();
  return ({ digest, inputSchema }, input) => {
    const validate = validators.get(digest) ?? compileInputSchema(inputSchema);
    validators.set(digest, validate);
    if (validate(input)) return { ok: true };
    return { ok: false, errors: (validate.errors ?? []).map(fieldError) };
  };
}

/** Throws where the schema is wrong. */
export function compileInputSchema(schema: Record<string, unknown>): ValidateFunction {
  const ajv = new Ajv2020({ strict: true, allErrors: true, validateFormats: true });
  // CommonJS: the plug-in sits one level deeper.
  addFormats.default(ajv);
  return ajv.compile(schema);
}

/** The fields of the input begin with `/input` as the caller sent them. */
function fieldError(error: ErrorObject): FieldError {
  const params = error.params as Record<string, unknown>;
  const extra = params['additionalProperty'] ?? params['unevaluatedProperty'];
  const missing = params['missingProperty'];
  const name = typeof extra === 'string' ? extra : typeof missing === 'string' ? missing : undefined;
  const path = name === undefined ? error.instancePath : `${error.instancePath}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`;
  return { in: 'body', pointer: `/input${path}`, message: sentence(error, params) };
}

function sentence(error: ErrorObject, params: Record<string, unknown>): string {
  const limit = String(params['limit']);
  switch (error.keyword) {
    case 'required':
      return 'is missing';
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'is not a field of this service; leave it out';
    case 'type':
      return `must be of type ${String(params['type'])}`;
    case 'enum':
      return `must be one of ${(params['allowedValues'] as unknown[]).map((value) => JSON.stringify(value)).join(', ')}`;
    case 'const':
      return `must be ${JSON.stringify(params['allowedValue'])}`;
    case 'minimum':
      return `must be ${limit} or more`;
    case 'maximum':
      return `must be ${limit} or less`;
    case 'exclusiveMinimum':
      return `must be more than ${limit}`;
    case 'exclusiveMaximum':
      return `must be less than ${limit}`;
    case 'minItems':
      return `must have ${limit} entries or more`;
    case 'maxItems':
      return `must have ${limit} entries or fewer`;
    case 'minLength':
      return `must have ${limit} characters or more`;
    case 'maxLength':
      return `must have ${limit} characters or fewer`;
    case 'format':
      return `must have the format ${String(params['format'])}`;
    case 'pattern':
      return `must match ${String(params['pattern'])}`;
    default:
      return error.message ?? 'is wrong';
  }
}
