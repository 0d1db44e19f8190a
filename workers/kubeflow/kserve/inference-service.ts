// The parts of an InferenceService (serving.kserve.io/v1beta1) that we read; the rest is passed by.
import { z } from 'zod';

const Condition = z.object({ type: z.string(), status: z.string(), reason: z.string().default(''), message: z.string().default('') });

const ModelStatus = z.object({
  transitionStatus: z.string().default(''),
  states: z.object({ activeModelState: z.string().default(''), targetModelState: z.string().default('') }).optional(),
  lastFailureInfo: z.object({ reason: z.string().default(''), message: z.string().default('') }).optional(),
});
export type ModelStatus = z.infer<typeof ModelStatus>;

const Traffic = z.object({
  latestRevision: z.boolean().optional(),
  percent: z.number().optional(),
  revisionName: z.string().optional(),
  tag: z.string().optional(),
  url: z.string().optional(),
});

const Component = z.object({
  latestCreatedRevision: z.string().optional(),
  latestReadyRevision: z.string().optional(),
  latestRolledoutRevision: z.string().optional(),
  url: z.string().optional(),
  traffic: z.array(Traffic).optional(),
});

export const InferenceService = z.object({
  metadata: z.object({
    name: z.string(),
    uid: z.string(),
    resourceVersion: z.string(),
    generation: z.number(),
    annotations: z.record(z.string(), z.string()).optional(),
    deletionTimestamp: z.string().optional(),
  }),
  spec: z.record(z.string(), z.unknown()),
  status: z
    .object({
      observedGeneration: z.number().optional(),
      url: z.string().optional(),
      conditions: z.array(Condition).optional(),
      components: z.record(z.string(), Component).optional(),
      modelStatus: ModelStatus.optional(),
      canaryStatuses: z.array(z.object({ name: z.string(), ready: z.boolean(), trafficPercent: z.number(), modelStatus: ModelStatus.optional() })).optional(),
    })
    .optional(),
});
export type InferenceService = z.infer<typeof InferenceService>;
