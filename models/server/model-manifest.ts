// What `model.json` says about one model beside its ONNX file: checked when the server opens a folder.
import { z } from 'zod';

/** One number of the row, as in a decision service's definition: a field, its codes in order, or an element of it. */
export const ManifestFeature = z.strictObject({
  field: z.string().min(1),
  categories: z.array(z.string()).optional(),
  element: z.int().nonnegative().optional(),
});
export type ManifestFeature = z.infer<typeof ManifestFeature>;

export const ModelManifest = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
    version: z.string().min(1),
    family: z.string().min(1),
    /** Class ids in the order of the probabilities. */
    classes: z.array(z.string()).min(2),
    /** The row to send, column by column. */
    features: z.array(ManifestFeature).min(1),
    /** SHA-256 of model.onnx, hex: the digest a release names. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    /** Training rows that contributions are measured against. */
    background: z.array(z.array(z.number())).min(2),
    /** Seed of the permutations of `:explain`. */
    explainSeed: z.int().nonnegative(),
  })
  .refine((manifest) => manifest.background.every((row) => row.length === manifest.features.length), {
    message: 'every background row needs one number per feature',
  });
export type ModelManifest = z.infer<typeof ModelManifest>;
