// Holds a body or query against its zod schema and puts what is wrong into the reference's words.
import { z } from 'zod';
import { isProblem, type Problem } from '../answer.ts';
import { missingField, unknownEnumValue, unparsableProperty } from '../problem.ts';

type Issue = z.core.$ZodIssue;

type ProblemOfField = (field: string) => Problem;

/** Turns down a value inside a transform with a problem of its own; the field's name is known later only. */
export function refuse(issues: z.core.$ZodRawIssue[], problem: ProblemOfField): never {
  issues.push({ code: 'custom', params: { problem }, input: null, message: 'refused' });
  return z.NEVER;
}

/** Turns down a value inside a transform as one of the wrong JSON type, or as missing. */
export function refuseType(issues: z.core.$ZodRawIssue[], value: unknown): never {
  return refuse(issues, value === undefined ? missingField : unparsableProperty);
}

/** Lets another schema decide inside a transform; its issues keep their place below this one. */
export function delegate<T>(schema: z.ZodType<T>, value: unknown, issues: z.core.$ZodRawIssue[]): T {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  // A finished issue is a raw one with nothing left out; zod's types do not say so.
  for (const issue of result.error.issues) issues.push(issue as z.core.$ZodRawIssue);
  return z.NEVER;
}

/** The value as the schema makes it, or the problem of its first fault. */
export function check<T>(schema: z.ZodType<T>, value: unknown): T | Problem {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const first = result.error.issues[0];
  return first === undefined ? unparsableProperty('') : problemOf(first);
}

function problemOf(issue: Issue): Problem {
  const path = issue.path.map(String);
  const name = path.at(-1) ?? '';
  switch (issue.code) {
    case 'unrecognized_keys':
      return unparsableProperty([...path, issue.keys[0] ?? ''].join('.'));
    case 'invalid_value':
      return issue.input === undefined ? missingField(name) : unknownEnumValue(name, shown(issue.input), issue.values.map(String));
    case 'custom':
      return issue.input === undefined ? missingField(name) : ownProblem(issue.params, name, path.join('.'));
    case 'invalid_type':
      return issue.input === undefined && path.length > 0 ? missingField(name) : unparsableProperty(path.join('.'));
    default:
      return unparsableProperty(path.join('.'));
  }
}

function ownProblem(parameters: Record<string, unknown> | undefined, name: string, path: string): Problem {
  const problem = parameters?.['problem'];
  if (problem === unparsableProperty || typeof problem !== 'function') return unparsableProperty(path);
  const made: unknown = Reflect.apply(problem, undefined, [name]);
  return isProblem(made) ? made : unparsableProperty(path);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
