// The model registry port where no registry is configured: the models in the local model server's folder, and a file for what is written back.
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../../../ledger/parse-json.ts';
import { PlatformError } from '../platform-error.ts';
import type { ModelRegistry, NewVersion, PropertyValue, RegistryArtifact, RegistryVersion } from '../ports.ts';
import { splitState } from '../registry/property-map.ts';
import type { ModelRepository, RepositoryModel } from './model-repository.ts';

/** As the evidence of a release reads it (`workers/promotion/collect-evidence.ts`). */
const codeProperty = 'code';

const Properties = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
/** By model name. */
const Kept = z.object({ versions: z.record(z.string(), z.object({ firstSeen: z.iso.datetime(), properties: Properties, author: z.string().nullable().default(null), description: z.string().nullable().default(null) })) });
type Kept = z.infer<typeof Kept>;

type Parts = {
  repository: ModelRepository;
  /** Property of a version that names its decision service: a model's family. */
  serviceProperty: string;
  file: string;
  clock: { now(): number };
};

/**
 * A model's family is the registered model and names the decision service; each of its models is a version of it, named
 * and identified by the model's name.
 */
export function createLocalRegistry({ repository, serviceProperty, file, clock }: Parts): ModelRegistry {
  /** One writer at a time: each change begins with the file as the one before left it. */
  let writing: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = writing.then(work, work);
    writing = turn.catch(() => undefined);
    return turn;
  };

  /** What is kept of each model, and new ones noted with the time they were first seen. */
  const seeAll = async (signal: AbortSignal): Promise<{ models: RepositoryModel[]; kept: Kept }> => {
    const models = await repository.list(signal);
    return inTurn(async () => {
      const kept = await readKept(file);
      const unseen = models.filter(({ name }) => kept.versions[name] === undefined);
      if (unseen.length === 0) return { models, kept };
      const firstSeen = new Date(clock.now()).toISOString();
      const added = Object.fromEntries(unseen.map(({ name }) => [name, { firstSeen, properties: {}, author: null, description: null }]));
      const next = { versions: { ...kept.versions, ...added } };
      await writeKept(file, next);
      return { models, kept: next };
    });
  };

  const toVersion = (model: RepositoryModel, kept: Kept): RegistryVersion => {
    const own = kept.versions[model.name];
    const family = familyOf(model);
    return {
      id: model.name,
      name: model.version,
      model: { id: family, name: family },
      author: own?.author ?? null,
      description: own?.description ?? model.card,
      live: true,
      properties: { [serviceProperty]: family, ...(model.code !== null && { [codeProperty]: model.code }), ...own?.properties },
      createdAt: own?.firstSeen ?? new Date(clock.now()).toISOString(),
    };
  };

  async function all(signal: AbortSignal): Promise<RegistryVersion[]> {
    const { models, kept } = await seeAll(signal);
    return models.map((model) => toVersion(model, kept)).toSorted((a, b) => b.createdAt.localeCompare(a.createdAt) || b.name.localeCompare(a.name, 'en', { numeric: true }));
  }

  async function one(id: string, signal: AbortSignal): Promise<RegistryVersion> {
    const found = (await all(signal)).find((version) => version.id === id);
    if (found === undefined) throw unknown(id);
    return found;
  }

  async function change(id: string, signal: AbortSignal, edit: (kept: Kept['versions'][string]) => Kept['versions'][string]): Promise<RegistryVersion> {
    await seeAll(signal);
    await inTurn(async () => {
      const kept = await readKept(file);
      const own = kept.versions[id];
      if (own === undefined) throw unknown(id);
      await writeKept(file, { versions: { ...kept.versions, [id]: edit(own) } });
    });
    return one(id, signal);
  }

  return {
    kind: 'local',
    async findModel(name, { signal }) {
      return (await all(signal)).some(({ model }) => model.id === name) ? modelOf(name) : null;
    },
    async listModels({ signal }) {
      return [...new Set((await all(signal)).map(({ model }) => model.id))].map(modelOf);
    },
    async listVersions(modelId, { signal }) {
      return (await all(signal)).filter(({ model }) => model.id === modelId);
    },
    async findLiveVersions({ name, value }, { signal }) {
      return (await all(signal)).filter(({ live, properties }) => live && properties[name] === value);
    },
    getVersion: (versionId, { signal }) => one(versionId, signal),
    async listArtifacts(versionId, { signal }) {
      const model = (await repository.list(signal)).find(({ name }) => name === versionId);
      if (model === undefined) throw unknown(versionId);
      return [artifactOf(model)];
    },
    async writeState(versionId, state, { signal }) {
      const { set, drop } = splitState(state);
      return change(versionId, signal, (own) => ({ ...own, properties: without({ ...own.properties, ...set }, drop) }));
    },
    /** The file is in the server's folder already: a training script puts it there. Here it only gets its properties. */
    async registerVersion(wanted, { signal }) {
      const model = findArtefact(await repository.list(signal), wanted);
      const { author, description, properties } = wanted.version;
      return change(model.name, signal, (own) => ({ ...own, author: author ?? own.author, description: description ?? own.description, properties: { ...properties, ...own.properties } }));
    },
    /** The local model server's own index says what it serves. */
    recordServing: () => Promise.resolve(),
  };
}

function familyOf({ name, family }: RepositoryModel): string {
  return family ?? name;
}

function modelOf(name: string) {
  return { id: name, name, owner: null, live: true, properties: {} };
}

function artifactOf({ name, digest }: RepositoryModel): RegistryArtifact {
  return { id: name, name, uri: `local://${name}`, format: { name: 'onnx' }, digest, live: true };
}

function findArtefact(models: readonly RepositoryModel[], { model, version, artifact }: NewVersion): RepositoryModel {
  const found = models.find((entry) => familyOf(entry) === model.name && entry.digest === artifact.digest);
  if (found !== undefined && found.version === version.name) return found;
  const why = found === undefined ? 'has no model of this family with this digest' : `has this file as version "${found.version}"`;
  throw new PlatformError('not-found', 'model-server', `Version "${version.name}" of "${model.name}" cannot be registered: the local model server's folder ${why}. Put the artefact there first.`);
}

function unknown(id: string): PlatformError {
  return new PlatformError('not-found', 'model-server', `The local model server has no model "${id}".`);
}

function without(properties: Record<string, PropertyValue>, names: readonly string[]): Record<string, PropertyValue> {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)));
}

async function readKept(file: string): Promise<Kept> {
  if (!(await exists(file))) return { versions: {} };
  const parsed = Kept.safeParse(parseJson(await readFile(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new PlatformError('permanent', 'model-server', `The file ${file} of the local registry cannot be read. Repair it, or move it away: only what was written back to it is lost.`);
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(() => true, (error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  });
}

/** Whole or not at all. */
async function writeKept(file: string, kept: Kept): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, `${JSON.stringify(kept, null, 2)}\n`);
  await rename(`${file}.new`, file);
}
