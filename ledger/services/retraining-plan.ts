/** How a service's model is trained anew: one pinned pipeline. Part of the service definition, but of no policy digest. */
import { z } from 'zod';

export const RetrainingPlan = z.strictObject({
  pipelineId: z.string().min(1),
  /** Always both: without the version the platform would take the newest. */
  pipelineVersionId: z.string().min(1),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  experimentId: z.string().min(1).optional(),
  /** Kubernetes service account of the run's pods. */
  serviceAccount: z.string().min(1).optional(),
  /** A run that takes longer is ended, and people are asked. */
  maxHours: z.number().positive().default(24),
});
export type RetrainingPlan = z.infer<typeof RetrainingPlan>;
