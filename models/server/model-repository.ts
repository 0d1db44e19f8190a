/**
 * The models of a folder, loaded or not. Loading reads the files anew, so that a version trained meanwhile is found and a
 * changed file is noticed; unloading lets predictions that wait already be answered.
 */
import path from 'node:path';
import { describeModel, type ModelDescription } from './describe-model.ts';
import { createExplainer } from './explain.ts';
import { findModels, findReadableModels, type FoundModel } from './find-models.ts';
import { createInferenceQueue } from './inference-queue.ts';
import type { DeskModel, ModelDesk } from './model-desk.ts';
import type { ModelManifest } from './model-manifest.ts';
import { openModel, type ServedModel } from './served-model.ts';
import { cannotLoad, unknownModel } from './serving-error.ts';

/** Which versions load at the start: all, or those named, and of families none of whose versions is named all. */
export type LoadAtStart = 'all' | readonly string[];

export type RepositoryEntry = {
  name: string;
  version: string;
  state: 'READY' | 'UNAVAILABLE';
  /** Why a model is unavailable; empty where nobody asked for it. */
  reason: string;
  parameters: { family: string; sha256: string } & ModelDescription;
};

export type ModelRepository = {
  desk: ModelDesk;
  /** Of the folder as it is now. */
  index(): Promise<RepositoryEntry[]>;
  /** Repeating it changes nothing unless the files changed. Throws `ServingError`. */
  load(name: string): Promise<void>;
  unload(name: string): Promise<void>;
  close(): Promise<void>;
};

type Known = { folder: string; manifest: ModelManifest; reason: string; open: { model: ServedModel; desk: DeskModel } | null };

/** Requests that may wait for the one inference thread, over all models. */
const queueLimit = 1000;

/** Rejects with a sentence where the folder holds no model, or one that must load cannot be opened. */
export async function openRepository(folder: string, atStart: LoadAtStart): Promise<ModelRepository> {
  const queue = createInferenceQueue(queueLimit);
  const known = new Map<string, Known>();
  let turn: Promise<unknown> = Promise.resolve();

  function note(found: readonly FoundModel[]): void {
    for (const { file, manifest } of found) {
      const before = known.get(manifest.name);
      known.set(manifest.name, { folder: path.join(folder, path.dirname(file)), manifest, reason: before?.reason ?? '', open: before?.open ?? null });
    }
  }

  async function open(one: Known): Promise<void> {
    const model = await openModel(one.folder);
    const predict: DeskModel['predict'] = (rows, signal) => queue.run(() => model.predict(rows), signal);
    const before = one.open;
    one.manifest = model.manifest;
    one.reason = '';
    one.open = { model, desk: { manifest: model.manifest, predict, explain: createExplainer(model, predict) } };
    if (before !== null) await release(before.model);
  }

  /** After the predictions that wait already. */
  function release(model: ServedModel): Promise<void> {
    return queue.finally(() => model.release());
  }

  /** One change at a time. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  note(await findModels(folder));
  for (const one of known.values()) if (isWanted(one.manifest, known, atStart)) await open(one);

  return {
    desk: {
      names: () => [...known.values()].filter((one) => one.open !== null).map(({ manifest }) => manifest.name),
      find(name) {
        const found = known.get(name)?.open;
        if (found == null) throw unknownModel(name);
        return found.desk;
      },
    },
    async index() {
      note(await findReadableModels(folder));
      return Promise.all(
        [...known.values()].map(async ({ folder: own, manifest: { name, version, family, sha256 }, open: loaded, reason }): Promise<RepositoryEntry> => ({
          name,
          version,
          state: loaded === null ? 'UNAVAILABLE' : 'READY',
          reason,
          parameters: { family, sha256, ...(await describeModel(own)) },
        })),
      );
    },
    load: (name) =>
      inTurn(async () => {
        note(await findReadableModels(folder));
        const one = known.get(name);
        if (one === undefined) throw unknownModel(name);
        if (one.open !== null && one.open.model.manifest.sha256 === one.manifest.sha256) return;
        try {
          await open(one);
        } catch (error) {
          one.reason = error instanceof Error ? error.message : String(error);
          throw cannotLoad(name, one.reason);
        }
      }),
    unload: (name) =>
      inTurn(async () => {
        const one = known.get(name);
        if (one === undefined) throw unknownModel(name);
        const before = one.open;
        one.open = null;
        if (before !== null) await release(before.model);
      }),
    async close() {
      await turn;
      for (const { open: loaded } of known.values()) if (loaded !== null) await loaded.model.release();
    },
  };
}

function isWanted(manifest: ModelManifest, known: ReadonlyMap<string, Known>, atStart: LoadAtStart): boolean {
  if (atStart === 'all' || atStart.includes(manifest.name)) return true;
  const family = [...known.values()].filter((one) => one.manifest.family === manifest.family);
  return !family.some((one) => atStart.includes(one.manifest.name));
}
