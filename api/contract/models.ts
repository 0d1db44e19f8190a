/** Models as the registry knows them, and which release has which version. */
import { z } from 'zod';
import { operation } from './operation.ts';
import { releaseReaders, ReleaseState } from './releases.ts';
import { Moment } from './values.ts';

export const ModelRelease = z.strictObject({ release: z.string(), service: z.string(), state: ReleaseState, validUntil: Moment.nullable() });

export const ModelVersionView = z.strictObject({
  id: z.string(),
  version: z.string(),
  author: z.string().nullable(),
  description: z.string().nullable(),
  /** False where it is archived. */
  live: z.boolean(),
  createdAt: z.string(),
  properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  artifacts: z.array(z.strictObject({ name: z.string(), uri: z.string().nullable(), format: z.string().nullable(), digest: z.string().nullable() })),
  /** Newest first. */
  releases: z.array(ModelRelease),
});
export type ModelVersionView = z.infer<typeof ModelVersionView>;

export const ModelSummary = z
  .strictObject({ name: z.string(), owner: z.string().nullable(), live: z.boolean(), properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) })
  .meta({ id: 'ModelSummary', examples: [{ name: 'credit-risk', owner: 'risk team', live: true, properties: {} }] });
export type ModelSummary = z.infer<typeof ModelSummary>;

export const ModelList = z.strictObject({ /** Where the list comes from. */ registry: z.enum(['kubeflow', 'local']), items: z.array(ModelSummary) });
export type ModelList = z.infer<typeof ModelList>;

export const ModelDetail = ModelSummary.extend({ registry: z.enum(['kubeflow', 'local']), versions: z.array(ModelVersionView) }).meta({ id: 'ModelDetail' });
export type ModelDetail = z.infer<typeof ModelDetail>;

export const listModels = operation({
  id: 'listModels',
  method: 'GET',
  path: '/api/models',
  tag: 'Models',
  summary: 'Models of the registry',
  access: { kind: 'restricted', people: releaseReaders, keys: 'none' },
  responses: { 200: ModelList },
  problems: ['registry-unavailable'],
});

export const readModel = operation({
  id: 'readModel',
  method: 'GET',
  path: '/api/models/{name}',
  tag: 'Models',
  summary: 'A model with its versions, their artefacts and releases',
  access: { kind: 'restricted', people: releaseReaders, keys: 'none' },
  params: z.strictObject({ name: z.string().min(1).max(200) }),
  responses: { 200: ModelDetail },
  problems: ['model-unknown', 'registry-unavailable'],
});
