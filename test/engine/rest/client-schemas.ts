// The request schemas that the SDK's client carries for level 8.8, read out of its code, and bodies made from them.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';

/** The part of JSON Schema that the client's schemas turn into. */
export type JsonSchema = {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minItems?: number;
};

type Zod = { z: { toJSONSchema: (schema: unknown, options: object) => JsonSchema } };

/** Schemas of the operations' requests (`body`, `query`) by operation id. */
export function requestSchemas(): (operationId: string) => { readonly body?: JsonSchema; readonly query?: JsonSchema } {
  const ofSdk = createRequire(createRequire(import.meta.url).resolve('@camunda8/sdk'));
  const file = ofSdk.resolve('@camunda8/orchestration-cluster-api');
  const zod = createRequire(file)('zod') as Zod;
  const code = readFileSync(file, 'utf8');
  const begin = code.indexOf('var import_zod = require("zod");');
  const end = code.indexOf('// src/', begin);
  if (begin < 0 || end < begin) throw new Error('The client keeps its schemas elsewhere now: look for them in its code.');
  // The client exports none of them; what is evaluated here is the client's own code.
  const evaluate = runInThisContext(`(require) => { ${code.slice(begin, end)}; return (name) => eval('typeof ' + name + " === 'undefined' ? undefined : " + name); }`) as (require: () => Zod) => (name: string) => unknown;
  const find = evaluate(() => zod);
  return (operationId) => {
    const schema = find(`z${operationId[0]?.toUpperCase()}${operationId.slice(1)}Data`);
    if (schema === undefined) throw new Error(`The client has no schema for ${operationId}.`);
    return zod.z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).properties ?? {};
  };
}

/** Values that a schema allows: each property of an object once on its own, each variant, each constant. `name` is the property's. */
export function samplesOf(schema: JsonSchema, name = ''): unknown[] {
  const { type } = schema;
  if (Array.isArray(type)) return type.flatMap((one: string) => samplesOf({ ...schema, type: one }, name));
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum !== undefined) return [...schema.enum];
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((variant) => samplesOf(variant, name));
  if (schema.allOf !== undefined) return samplesOfAll(schema.allOf, name);
  switch (schema.type) {
    case 'object': return samplesOfObject(schema, name);
    case 'array': return [...(schema.minItems === undefined ? [[]] : []), ...(schema.items === undefined ? [] : samplesOf(schema.items, name).map((item) => [item]))];
    case 'string': return [textFor(schema, name)];
    case 'integer':
    case 'number': return [1];
    case 'boolean': return [true, false];
    case 'null': return [null];
    // What JSON Schema cannot say is a bigint here.
    default: return [1, '1'];
  }
}

function samplesOfAll(parts: readonly JsonSchema[], name: string): unknown[] {
  const flat = parts.map((part) => (part.allOf === undefined ? [part] : part.allOf)).flat();
  const variants = flat.filter(({ anyOf }) => anyOf !== undefined);
  if (variants.length > 0) {
    const rest = flat.filter(({ anyOf }) => anyOf === undefined);
    return variants.flatMap(({ anyOf = [] }) => anyOf.flatMap((variant) => samplesOfAll([...rest, variant], name)));
  }
  return samplesOfObject({ properties: Object.assign({}, ...flat.map(({ properties }) => properties)), required: flat.flatMap(({ required = [] }) => required) }, name);
}

/** Operators stand for the property that they are about. */
function samplesOfObject({ properties = {}, required = [] }: JsonSchema, name: string): unknown[] {
  const nameOf = (property: string) => (property.startsWith('$') ? name : property);
  const base = Object.fromEntries(required.map((property) => [property, samplesOf(properties[property] ?? {}, nameOf(property))[0]]));
  return [base, ...Object.entries(properties).flatMap(([property, schema]) => samplesOf(schema, nameOf(property)).map((value) => ({ ...base, [property]: value })))];
}

const TEXTS = ['a', '1', '<default>', 'WyIiLFtdLDFd'];

function textFor({ format, pattern }: JsonSchema, name: string): string {
  if (format === 'date-time') return '2030-01-01T00:00:00.000Z';
  // The schemas say less than the names: keys are numbers, and there is one tenant.
  if (/Keys?$/.test(name)) return '1';
  if (/^tenantIds?$/.test(name)) return '<default>';
  const fitting = pattern === undefined ? 'a' : TEXTS.find((text) => new RegExp(pattern).test(text));
  if (fitting === undefined) throw new Error(`No text here fits ${pattern}; add one.`);
  return fitting;
}
