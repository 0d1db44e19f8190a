/** Checks the parts of a request against the contract; what is wrong becomes one problem with an error per field. */
import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import type { FieldError } from './contract/problem.ts';
import { Problem } from './problem.ts';

const places = { body: 'body', querystring: 'query', params: 'path', headers: 'header' } as const;

/** Fastify's validator for zod schemas. Unlike the type provider's it names each unknown field and each field's place. */
export const validateRequest: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  const place = places[(httpPart ?? 'body') as keyof typeof places];
  return (data: unknown) => {
    const result = schema.safeParse(data);
    if (result.success) return { value: result.data };
    const errors = result.error.issues.flatMap((issue) => fieldErrors(issue, place, data));
    return { error: new Problem('request-invalid', sentence(errors), { errors }) };
  };
};

function sentence(errors: FieldError[]): string {
  const [first] = errors;
  if (first === undefined) return 'The request does not have the expected shape; /api/docs describes it.';
  const where = first.in === 'body' ? (first.pointer === '' ? 'The body' : `The field ${first.pointer}`) : `The ${nouns[first.in]} ${first.pointer}`;
  const more = errors.length === 1 ? '' : ` There ${errors.length === 2 ? 'is 1 more error' : `are ${errors.length - 1} more errors`}.`;
  return `${where} ${first.message}.${more} The shape is described at /api/docs.`;
}

const nouns = { query: 'query parameter', path: 'part of the address named', header: 'header' } as const;

type Issue = z.core.$ZodIssue;

function fieldErrors(issue: Issue, place: FieldError['in'], data: unknown): FieldError[] {
  const at = (path: PropertyKey[]): string => (place === 'body' ? pointer(path) : path.map(String).join('.'));
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ in: place, pointer: at([...issue.path, key]), message: 'is not known here; leave it out' }));
    case 'invalid_union': {
      const branch = closest(issue.errors);
      return branch.length === 0
        ? [{ in: place, pointer: at(issue.path), message: 'fits none of the shapes that are allowed here' }]
        : branch.flatMap((inner) => fieldErrors({ ...inner, path: [...issue.path, ...inner.path] }, place, data));
    }
    case 'invalid_type':
      return [{ in: place, pointer: at(issue.path), message: valueAt(data, issue.path) === undefined ? `is missing; it must be ${article(issue.expected)}` : `must be ${article(issue.expected)}` }];
    case 'invalid_value':
      return [{ in: place, pointer: at(issue.path), message: `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map((value) => JSON.stringify(value)).join(', ')}` }];
    default:
      return [{ in: place, pointer: at(issue.path), message: plain(issue.message) }];
  }
}

/** Of a union the shape that the sender most likely meant: the one with the fewest things wrong. */
function closest(branches: Issue[][]): Issue[] {
  return branches.reduce<Issue[]>((best, branch) => (best.length === 0 || weight(branch) < weight(best) ? branch : best), []);
}

function weight(issues: Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}

/** RFC 6901. */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const part of path) value = typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined;
  return value;
}

function article(type: string): string {
  const words: Record<string, string> = { int: 'a whole number', object: 'an object', array: 'an array', record: 'an object', null: 'null' };
  return words[type] ?? `a ${type}`;
}

/** zod's own sentences without their first words, so that they read on after the field's name. */
function plain(message: string): string {
  return message.replace(/^Invalid input: /, '').replace(/^Invalid (.*)$/, 'must be a valid $1').replace(/^Too (small|big): expected \w+ to (be|have) /, 'must $2 ');
}
