// The calls of the Model Registry v1alpha3: one function per HTTP call, with the traps of each handled where it is made.
import type { z } from 'zod';
import { json, type PlatformClient } from '../http/platform-client.ts';
import { PlatformError } from '../platform-error.ts';
import { listOf, readAnswer } from './registry-objects.ts';

const base = 'api/model_registry/v1alpha3';
const pageSize = 100;
/** A registry with more than this many pages of one list is not walked through: the query is wrong. */
const mostPages = 100;

export type RegistryCalls = {
  get<T extends z.ZodType>(schema: T, path: string, signal: AbortSignal): Promise<z.infer<T>>;
  /** One object by query; null where there is none. */
  find<T extends z.ZodType>(schema: T, path: string, query: Record<string, string>, signal: AbortSignal): Promise<z.infer<T> | null>;
  /** All pages, newest first. */
  list<T extends z.ZodType>(schema: T, path: string, query: Record<string, string>, signal: AbortSignal): Promise<z.infer<T>[]>;
  post<T extends z.ZodType>(schema: T, path: string, body: unknown, signal: AbortSignal): Promise<z.infer<T>>;
  patch<T extends z.ZodType>(schema: T, path: string, body: unknown, signal: AbortSignal): Promise<z.infer<T>>;
  /** Looks, makes what is missing, and looks again where somebody else was faster or nobody knows whether it arrived. */
  findOrMake<T>(look: () => Promise<T | null>, make: () => Promise<NoInfer<T>>): Promise<T>;
};

export function createRegistryCalls(client: PlatformClient): RegistryCalls {
  const send = async <T extends z.ZodType>(schema: T, call: Omit<Parameters<PlatformClient['send']>[0], 'path'> & { path: string }): Promise<z.infer<T>> =>
    readAnswer(schema, await client.send({ ...call, path: `${base}/${call.path}` }));

  const calls: RegistryCalls = {
    get: (schema, path, signal) => send(schema, { method: 'GET', path, repeatable: true, signal }),
    async find(schema, path, query, signal) {
      try {
        return await send(schema, { method: 'GET', path, query, repeatable: true, signal });
      } catch (error) {
        if (error instanceof PlatformError && error.kind === 'not-found') return null;
        throw error;
      }
    },
    async list(schema, path, query, signal) {
      const found: z.infer<typeof schema>[] = [];
      let token = '';
      for (let pages = 0; pages < mostPages; pages += 1) {
        const paging = { pageSize: String(pageSize), orderBy: 'CREATE_TIME', sortOrder: 'DESC', ...(token === '' ? {} : { nextPageToken: token }) };
        const page = await send(listOf(schema), { method: 'GET', path, query: { ...query, ...paging }, repeatable: true, signal });
        found.push(...page.items);
        if (page.nextPageToken === '' || page.nextPageToken === token) return found;
        token = page.nextPageToken;
      }
      throw new PlatformError('permanent', 'model-registry', `The Model Registry's list "${path}" has more than ${mostPages * pageSize} entries.`);
    },
    post: (schema, path, body, signal) => send(schema, { method: 'POST', path, body: json(body), repeatable: false, signal }),
    // The same PATCH twice leaves the same state.
    patch: (schema, path, body, signal) => send(schema, { method: 'PATCH', path, body: json(body), repeatable: true, signal }),
    async findOrMake(look, make) {
      const there = await look();
      if (there !== null) return there;
      try {
        return await make();
      } catch (error) {
        const made = error instanceof PlatformError && (error.kind === 'conflict' || error.kind === 'transient') ? await look() : null;
        if (made !== null) return made;
        throw error;
      }
    },
  };
  return calls;
}
