/** OpenAPI 3.1 from the contract. */
import type { SwaggerOptions } from '@fastify/swagger';
import type { FastifySchema } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import packageJson from '../package.json' with { type: 'json' };
import { ProblemDocument, problems, problemType, type Access, type Operation, type ProblemName } from './contract/index.ts';

const tags = [
  { name: 'Cases', description: 'Ask for a decision, wait for it, find it again, read its record.' },
  { name: 'Decision services', description: 'What can be decided, what its input looks like, and what may decide now.' },
  { name: 'Processes', description: 'Start any deployed process.' },
  { name: 'Inbox', description: 'Calls of the inbox. Reviews are blind first: nothing here tells of score, reason or audit before the own verdict is stored.' },
  { name: 'Releases', description: 'A model version from its proposal to its end: evidence, votes, shadow, canary, live, re-assessment.' },
  { name: 'Models', description: 'Models and versions as the registry knows them.' },
  { name: 'Session', description: 'Signing in and out of people. Calls that change something carry the CSRF token.' },
  { name: 'Health', description: 'For operators.' },
];

export const openApiOptions: SwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Stellwerk',
      version: packageJson.version,
      description: 'Errors are problem documents (RFC 9457) with a stable `type` and field errors. Lists are pages with cursors. Moments are ISO 8601 in UTC.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'The secret of an API key.' },
        session: { type: 'apiKey', in: 'cookie', name: 'stellwerk_session', description: 'Made by POST /api/session. Calls that change something also carry x-csrf-token.' },
      },
    },
  },
  transform: jsonSchemaTransform,
  transformObject: (document) => {
    const object = jsonSchemaTransformObject(document);
    return 'openapiObject' in document ? withoutUnused(object) : object;
  },
};

/** What fastify and OpenAPI need to know of an operation. */
export function describeOperation(operation: Operation): FastifySchema {
  const { id, tag, summary, description, access, params, query, headers, body, responses } = operation;
  const known = {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    security: securityOf(access),
  };
  const shapes = {
    ...(params === undefined ? {} : { params }),
    ...(query === undefined ? {} : { querystring: query }),
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
    response: { ...Object.fromEntries(Object.entries(responses).map(([status, schema]) => [status, answer(Number(status), schema, operation.answers ?? 'application/json')])), ...problemAnswers(operation) },
  };
  return { ...known, ...shapes };
}

const said: Record<number, string> = { 200: 'Done', 201: 'Made', 202: 'Accepted; not finished yet, `Location` says where to ask', 204: 'Done, nothing to say' };

function answer(status: number, schema: z.ZodType, mediaType: string) {
  const description = said[status] ?? 'Done';
  return schema.def.type === 'undefined' ? schema.describe(description) : { description, content: { [mediaType]: { schema } } };
}

/** Problems by status, named in the description: a client sees what it may meet. */
function problemAnswers(operation: Operation): Record<number, unknown> {
  const names: ProblemName[] = [...operation.problems, 'request-invalid', ...(operation.access.kind === 'public' ? [] : (['not-signed-in', 'role-missing'] as const))];
  const byStatus = Map.groupBy(new Set(names), (name) => problems[name].status);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: group.map((name) => `\`${problemType(name)}\`: ${problems[name].title}.`).join(' '),
        content: { 'application/problem+json': { schema: ProblemDocument } },
      },
    ]),
  );
}

function securityOf(access: Access): Record<string, string[]>[] {
  if (access.kind === 'public') return [];
  return [...(access.keys === 'none' ? [] : [{ apiKey: [] }]), ...(access.people.length === 0 ? [] : [{ session: [] }])];
}

type Document = ReturnType<typeof jsonSchemaTransformObject>;

/** Shapes that no path refers to are left out: the registry holds an input and an output form of each. */
function withoutUnused(document: Document): Document {
  if (!('components' in document)) return document;
  const schemas: Record<string, unknown> = { ...document.components?.schemas };
  const used = new Set<string>();
  const visit = (text: string) => {
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (name === undefined || used.has(name)) continue;
      used.add(name);
      visit(JSON.stringify(schemas[name] ?? null));
    }
  };
  visit(JSON.stringify(document.paths ?? {}));
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return { ...document, components: { ...document.components, schemas: kept } } as Document;
}
