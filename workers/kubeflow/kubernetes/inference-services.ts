// The Kubernetes API of InferenceServices: get, server-side apply, delete, watch. Nothing of the promotion lifecycle in it.
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { errors, request } from 'undici';
import { z } from 'zod';
import { parseJson } from '../../../ledger/parse-json.ts';
import type { Connector } from '../http/connection.ts';
import { json, type PlatformClient } from '../http/platform-client.ts';
import { InferenceService } from '../kserve/inference-service.ts';
import { PlatformError } from '../platform-error.ts';
import { readStatusFault, Status } from './status-fault.ts';

/** Owner of the fields that we set; nobody else may use this name. */
export const fieldManager = 'stellwerk';

export type Manifest = {
  metadata: { name: string; annotations: Record<string, string>; resourceVersion?: string };
  spec: Record<string, unknown>;
};

export type InferenceServices = {
  /** Null if there is none. */
  get(name: string, signal: AbortSignal): Promise<InferenceService | null>;
  /**
   * Server-side apply: sets our fields, takes away those that we set before and no longer name, leaves all others alone.
   * With a `resourceVersion` it fails with `conflict` where the object changed meanwhile. `force` takes fields of others.
   */
  apply(manifest: Manifest, options: { force: boolean; signal: AbortSignal }): Promise<InferenceService>;
  /** Takes fields away (JSON pointers), whoever set them; `conflict` where the object changed since it was seen. */
  removeFields(seen: InferenceService, paths: readonly string[], signal: AbortSignal): Promise<InferenceService>;
  /** Deletes exactly the object that was seen; one that is gone already is fine, one that changed is a `conflict`. */
  delete(seen: InferenceService, signal: AbortSignal): Promise<void>;
  /** Each state of the object from now on, beginning with the present one; null while it is absent. Ends when `signal` is aborted. */
  watch(name: string, signal: AbortSignal): AsyncGenerator<InferenceService | null>;
};

const List = z.object({ metadata: z.object({ resourceVersion: z.string() }), items: z.array(InferenceService) });
const WatchEvent = z.object({ type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']), object: z.unknown() });
const Bookmark = z.object({ metadata: z.object({ resourceVersion: z.string() }) });

/** The server ends a watch after this long; the client then goes on from where it was. */
const watchSeconds = 240;

export function createInferenceServices(parts: { client: PlatformClient; connector: Connector; namespace: string; pauseMs: number }): InferenceServices {
  const { client, connector, namespace, pauseMs } = parts;
  const collection = `apis/serving.kserve.io/v1beta1/namespaces/${encodeURIComponent(namespace)}/inferenceservices`;
  const pathOf = (name: string) => `${collection}/${encodeURIComponent(name)}`;
  const only = (name: string) => ({ fieldSelector: `metadata.name=${name}` });

  /** The events of one HTTP stream. Returns when the server ends it; `expired` when it no longer has the version we know. */
  async function* stream(name: string, from: string, signal: AbortSignal): AsyncGenerator<z.infer<typeof WatchEvent> | 'expired'> {
    const { address, headers, dispatcher } = await connector.connect(signal);
    const url = new URL(collection, address.endsWith('/') ? address : `${address}/`);
    url.search = new URLSearchParams({ ...only(name), watch: '1', resourceVersion: from, allowWatchBookmarks: 'true', timeoutSeconds: String(watchSeconds) }).toString();
    const answer = await request(url, { headers: { accept: 'application/json', ...headers }, signal, dispatcher, bodyTimeout: (watchSeconds + 30) * 1_000 });
    if (answer.statusCode === 410) {
      yield 'expired';
      return;
    }
    if (answer.statusCode !== 200) throw readStatusFault({ status: answer.statusCode, headers: answer.headers, text: await answer.body.text() });
    for await (const line of createInterface({ input: answer.body, crlfDelay: Infinity })) {
      const event = WatchEvent.safeParse(parseJson(line));
      // A line cut off by the end of the connection: the next stream brings the event again.
      if (!event.success) return;
      if (event.data.type === 'ERROR') {
        const status = Status.safeParse(event.data.object);
        if (status.success && (status.data.code === 410 || status.data.reason === 'Expired')) {
          yield 'expired';
          return;
        }
        throw new PlatformError('transient', 'kubernetes', 'The Kubernetes API ended the watch with an error.', { detail: status.success ? status.data.message : line.slice(0, 500) });
      }
      yield event.data;
    }
  }

  return {
    async get(name, signal) {
      try {
        return read(InferenceService, await client.send({ method: 'GET', path: pathOf(name), repeatable: true, signal }));
      } catch (error) {
        if (error instanceof PlatformError && error.kind === 'not-found') return null;
        throw error;
      }
    },
    async apply(manifest, { force, signal }) {
      const body = { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', ...manifest };
      const query = { fieldManager, fieldValidation: 'Strict', ...(force ? { force: 'true' } : {}) };
      // JSON is YAML. Applying the same twice changes nothing, so it may be sent again.
      const answer = await client.send({ method: 'PATCH', path: pathOf(manifest.metadata.name), query, body: { type: 'application/apply-patch+yaml', text: JSON.stringify(body) }, repeatable: true, signal });
      return read(InferenceService, answer);
    },
    async removeFields({ metadata: { name, resourceVersion } }, paths, signal) {
      // The version in the patch is compared like that of a whole object: a stale one is refused.
      const patch = [{ op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion }, ...paths.map((path) => ({ op: 'remove', path }))];
      const body = { type: 'application/json-patch+json', text: JSON.stringify(patch) };
      return read(InferenceService, await client.send({ method: 'PATCH', path: pathOf(name), query: { fieldManager, fieldValidation: 'Strict' }, body, repeatable: false, signal }));
    },
    async delete(seen, signal) {
      const { name, uid, resourceVersion } = seen.metadata;
      const body = json({ apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid, resourceVersion } });
      try {
        await client.send({ method: 'DELETE', path: pathOf(name), body, repeatable: true, signal });
      } catch (error) {
        if (!(error instanceof PlatformError && error.kind === 'not-found')) throw error;
      }
    },
    async *watch(name, signal) {
      let from: string | null = null;
      while (!signal.aborted) {
        if (from === null) {
          const list: z.infer<typeof List> = read(List, await client.send({ method: 'GET', path: collection, query: only(name), repeatable: true, signal }));
          from = list.metadata.resourceVersion;
          yield list.items[0] ?? null;
        }
        try {
          for await (const event of stream(name, from, signal)) {
            if (event === 'expired') {
              from = null;
              break;
            }
            const seen = Bookmark.safeParse(event.object);
            if (seen.success) from = seen.data.metadata.resourceVersion;
            if (event.type !== 'BOOKMARK') yield event.type === 'DELETED' ? null : read(InferenceService, event.object);
          }
        } catch (error) {
          if (signal.aborted) return;
          // A broken connection: list again, through the client, whose retries and breaker keep the pace.
          if (!(error instanceof errors.UndiciError || (error instanceof Error && 'code' in error))) throw error;
          from = null;
        }
        // A server that ends each stream at once is not asked in a tight circle.
        await pause(pauseMs, undefined, { signal }).catch(() => undefined);
      }
    },
  };
}

function read<T extends z.ZodType>(schema: T, answer: unknown): z.infer<T> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new PlatformError('permanent', 'kubernetes', 'The Kubernetes API answered an InferenceService in a shape that we do not know.', { detail: where });
}
