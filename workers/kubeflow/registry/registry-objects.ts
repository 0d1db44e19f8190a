// What the Model Registry v1alpha3 answers, and the plain objects of the port made from it.
import { z } from 'zod';
import { PlatformError } from '../platform-error.ts';
import type { RegisteredModel, RegistryArtifact, RegistryVersion } from '../ports.ts';
import { PropertyMap, toValues } from './property-map.ts';

const State = z.string().default('LIVE');
const Properties = PropertyMap.default({});

export const Model = z.object({ id: z.string(), name: z.string(), owner: z.string().optional(), state: State, customProperties: Properties });
export const Version = z.object({
  id: z.string(),
  name: z.string(),
  registeredModelId: z.string(),
  author: z.string().optional(),
  description: z.string().optional(),
  state: State,
  customProperties: Properties,
  /** Milliseconds since 1970, as text. */
  createTimeSinceEpoch: z.string().default('0'),
});
export const Artifact = z.object({
  id: z.string(),
  artifactType: z.string().optional(),
  name: z.string().default(''),
  uri: z.string().optional(),
  modelFormatName: z.string().optional(),
  modelFormatVersion: z.string().optional(),
  state: z.string().default('UNKNOWN'),
  customProperties: Properties,
});
export const Environment = z.object({ id: z.string(), name: z.string() });
export const InferenceServiceRecord = z.object({ id: z.string(), name: z.string().default(''), desiredState: z.string().default(''), modelVersionId: z.string().optional(), registeredModelId: z.string().optional() });
export const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item).default([]), nextPageToken: z.string().default('') });

/** The property of a model artifact that holds its SHA-256. */
export const digestProperty = 'sha256';

export function toModel({ id, name, owner, state, customProperties }: z.infer<typeof Model>): RegisteredModel {
  return { id, name, owner: owner ?? null, live: state === 'LIVE', properties: toValues(customProperties) };
}

export function toVersion(version: z.infer<typeof Version>, modelName: string): RegistryVersion {
  const { id, name, registeredModelId, author, description, state, customProperties, createTimeSinceEpoch } = version;
  return {
    id,
    name,
    model: { id: registeredModelId, name: modelName },
    author: author ?? null,
    description: description ?? null,
    live: state === 'LIVE',
    properties: toValues(customProperties),
    createdAt: new Date(Number(createTimeSinceEpoch)).toISOString(),
  };
}

export function toArtifact({ id, name, uri, modelFormatName, modelFormatVersion, state, customProperties }: z.infer<typeof Artifact>): RegistryArtifact {
  const digest = toValues(customProperties)[digestProperty];
  return {
    id,
    name,
    uri: uri ?? null,
    format: modelFormatName === undefined ? null : { name: modelFormatName, ...(modelFormatVersion === undefined ? {} : { version: modelFormatVersion }) },
    digest: typeof digest === 'string' ? digest : null,
    live: state === 'LIVE',
  };
}

export function readAnswer<T extends z.ZodType>(schema: T, answer: unknown): z.infer<T> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new PlatformError('permanent', 'model-registry', 'The Model Registry answered in a shape that is not of its API v1alpha3. Is the address right?', { detail: where });
}
